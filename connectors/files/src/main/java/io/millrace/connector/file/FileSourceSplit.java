package io.millrace.connector.file;

import io.millrace.api.file.HostNames;
import io.millrace.api.file.Path;
import io.millrace.api.source.SourceSplit;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** A part of a file. Immutable. */
public class FileSourceSplit implements SourceSplit, Serializable {
    private static final long serialVersionUID = 1L;
    private static final String[] ANYWHERE = {};

    private final String id;
    private final Path path;
    private final long offset;
    private final long length;
    private final long fileModificationTime;
    private final long fileSize;
    private final String[] hosts;
    private final CheckpointedPosition position;

    public FileSourceSplit(
            String id,
            Path filePath,
            long offset,
            long length,
            long fileModificationTime,
            long fileSize) {
        this(id, filePath, offset, length, fileModificationTime, fileSize, ANYWHERE);
    }

    public FileSourceSplit(
            String id,
            Path filePath,
            long offset,
            long length,
            long fileModificationTime,
            long fileSize,
            String... hostnames) {
        this(id, filePath, offset, length, fileModificationTime, fileSize, hostnames, null);
    }

    /**
     * @param id unique in its job
     * @param offset of its first byte
     * @param length bytes
     * @param fileModificationTime milliseconds since the epoch, when the file was listed
     * @param fileSize bytes of the whole file when it was listed
     * @param hostnames where the bytes lie; empty if that makes no difference
     * @param readerPosition where to go on, or null to begin at the offset
     */
    public FileSourceSplit(
            String id,
            Path filePath,
            long offset,
            long length,
            long fileModificationTime,
            long fileSize,
            String[] hostnames,
            CheckpointedPosition readerPosition) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "A split begins at 0 or later and has 0 or more bytes, not "
                            + length
                            + " from "
                            + offset
                            + " on.");
        }
        this.id = Objects.requireNonNull(id);
        this.path = Objects.requireNonNull(filePath);
        this.offset = offset;
        this.length = length;
        this.fileModificationTime = fileModificationTime;
        this.fileSize = fileSize;
        this.hosts = hostnames.clone();
        this.position = readerPosition;
    }

    /**
     * @deprecated say when the file was changed and how large it is
     */
    @Deprecated
    public FileSourceSplit(String id, Path filePath, long offset, long length) {
        this(id, filePath, offset, length, ANYWHERE);
    }

    /**
     * @deprecated say when the file was changed and how large it is
     */
    @Deprecated
    public FileSourceSplit(
            String id, Path filePath, long offset, long length, String... hostnames) {
        this(id, filePath, offset, length, hostnames, null);
    }

    /**
     * @deprecated say when the file was changed and how large it is
     */
    @Deprecated
    public FileSourceSplit(
            String id,
            Path filePath,
            long offset,
            long length,
            String[] hostnames,
            CheckpointedPosition readerPosition) {
        this(id, filePath, offset, length, 0, offset + length, hostnames, readerPosition);
    }

    @Override
    public String splitId() {
        return id;
    }

    public Path path() {
        return path;
    }

    /** Of the first byte. */
    public long offset() {
        return offset;
    }

    /** Bytes. */
    public long length() {
        return length;
    }

    /** Milliseconds since the epoch, when the file was listed. */
    public long fileModificationTime() {
        return fileModificationTime;
    }

    /** Bytes of the whole file when it was listed. */
    public long fileSize() {
        return fileSize;
    }

    /** Where the bytes lie; empty if that makes no difference. A copy. */
    public String[] hostnames() {
        return hosts.clone();
    }

    /** Whether it makes no difference where it is read. */
    boolean isAnywhere() {
        return hosts.length == 0;
    }

    /** Whether the bytes lie on this host, among others; null is none. */
    boolean isOn(String host) {
        String key = host == null ? null : HostNames.key(host);
        for (String each : hosts) {
            if (HostNames.key(each).equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** Where to go on; empty to begin at the offset. */
    public Optional<CheckpointedPosition> getReaderPosition() {
        return Optional.ofNullable(position);
    }

    /** This split, to be gone on with from a position. Subclasses give one of their own class. */
    public FileSourceSplit updateWithCheckpointedPosition(CheckpointedPosition newPosition) {
        return new FileSourceSplit(
                id, path, offset, length, fileModificationTime, fileSize, hosts, newPosition);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileSourceSplit that
                && getClass() == that.getClass()
                && id.equals(that.id)
                && path.equals(that.path)
                && offset == that.offset
                && length == that.length
                && fileModificationTime == that.fileModificationTime
                && fileSize == that.fileSize
                && Arrays.equals(hosts, that.hosts)
                && Objects.equals(position, that.position);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, path, offset, length, position);
    }

    @Override
    public String toString() {
        return path + " [" + offset + "," + (offset + length) + ")";
    }
}
