package io.millrace.api.file;

/** What a file system knows about a file or directory. Immutable. */
public interface FileStatus {
    /** Bytes; 0 for directories. */
    long getLen();

    /** Bytes. */
    long getBlockSize();

    short getReplication();

    /** Milliseconds since the epoch. */
    long getModificationTime();

    /** Milliseconds since the epoch; 0 if the file system does not keep it. */
    long getAccessTime();

    boolean isDir();

    Path getPath();
}
