from provenance.values.dataset import Availability, DatasetRecord


def test_a_dataset_that_was_not_looked_at_counts_no_file_and_is_not_called_absent() -> None:
    record = DatasetRecord("org/data", Availability.UNKNOWN)

    assert (record.files, record.digested, record.read, record.size) == (0, 0, 0, 0)
    assert record.availability is not Availability.WITHDRAWN
