package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.source.SourceSplit;
import java.util.List;
import java.util.Optional;

/**
 * A part of a file. Immutable.
 *
 * @param id unique in its job
 * @param offset of its first byte
 * @param length bytes
 * @param fileSize bytes of the whole file when it was listed
 * @param hosts where the bytes lie; empty if that makes no difference
 * @param position where to go on, or null to begin at the offset
 */
public record FileSourceSplit(
        String id,
        Path path,
        long offset,
        long length,
        long fileSize,
        List<String> hosts,
        CheckpointedPosition position)
        implements SourceSplit {

    public FileSourceSplit {
        hosts = List.copyOf(hosts);
    }

    @Override
    public String splitId() {
        return id;
    }

    public Optional<CheckpointedPosition> getReaderPosition() {
        return Optional.ofNullable(position);
    }

    /** This split, to be gone on with from a position. */
    public FileSourceSplit at(CheckpointedPosition newPosition) {
        return new FileSourceSplit(id, path, offset, length, fileSize, hosts, newPosition);
    }

    @Override
    public String toString() {
        return path + " [" + offset + "," + (offset + length) + ")";
    }
}
