"""Openness: which published lists of open licences a licence is on."""

from enum import StrEnum, unique

import attrs


@unique
class LicenseSet(StrEnum):
    """A published list, or rule, that tells open licences from others."""

    OSI = "osi"
    FSF = "fsf"
    MOF = "mof"
    OSAID = "osaid"


@unique
class Standing(StrEnum):
    """Where a licence stands by one of them."""

    OPEN = "open"
    NOT_OPEN = "not open"
    # The rule asks for more than a list: a person must read the terms.
    FOR_A_PERSON = "for a person to judge"


@attrs.frozen
class Openness:
    """Where one licence stands by each of the four, for one kind of content."""

    license: str
    osi: Standing
    fsf: Standing
    mof: Standing
    osaid: Standing

    def by(self, license_set: LicenseSet) -> Standing:
        """Return where the licence stands by one of them."""
        return {
            LicenseSet.OSI: self.osi,
            LicenseSet.FSF: self.fsf,
            LicenseSet.MOF: self.mof,
            LicenseSet.OSAID: self.osaid,
        }[license_set]
