"""The stamp of a file: what stays the same as long as nobody touches it."""

# Its device, inode and size in bytes, and the times of its modification and its change, in
# nanoseconds. A writer can put the first of these times back, but not the other. A plain tuple,
# since a listing has a million of them: Python's collector looks at such tuples only once.
Stamp = tuple[int, int, int, int, int]
#: Where the parts of a stamp stand.
DEVICE, INODE, SIZE, MTIME, CTIME = range(5)
