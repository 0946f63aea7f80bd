package io.millrace.coordinator.journal;

import java.util.List;

/**
 * Durable, ordered bytes of one application. Confined to the host's thread.
 *
 * <p>Contract: {@code append} returns when the entry is durable; {@code readAll} gives every entry
 * whose append returned, in order, and possibly one more whose append did not return. A torn last
 * entry is dropped; damage before it is an error that names the file.
 */
public interface JournalStore extends AutoCloseable {
    /**
     * @throws io.millrace.api.error.MillraceException {@code LEADERSHIP_LOST} if a higher epoch has
     *     written, {@code STORAGE_FAILED} if it is unknown whether the entry is durable: then the
     *     caller gives up leadership
     */
    void append(byte[] entry);

    List<byte[]> readAll();

    @Override
    void close();
}
