package io.millrace.api.input;

import io.millrace.api.file.Path;
import java.util.Objects;

/** A part of a file. Immutable. */
public class FileInputSplit extends LocatableInputSplit {
    private static final long serialVersionUID = 1L;

    private final Path file;
    private final long start;
    private final long length;

    /**
     * @param start bytes from the beginning of the file
     * @param length bytes; -1 for all that follow
     * @param hosts where the data is; null for unknown
     */
    public FileInputSplit(int num, Path file, long start, long length, String[] hosts) {
        super(num, hosts);
        this.file = Objects.requireNonNull(file, "file");
        this.start = start;
        this.length = length;
    }

    public Path getPath() {
        return file;
    }

    /** Bytes from the beginning of the file. */
    public long getStart() {
        return start;
    }

    /** Bytes; -1 for all that follow. */
    public long getLength() {
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileInputSplit that
                && super.equals(other)
                && start == that.start
                && length == that.length
                && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return Objects.hash(getSplitNumber(), file, start);
    }

    @Override
    public String toString() {
        return "split " + getSplitNumber() + " of " + file + ": " + length + " bytes from " + start;
    }
}
