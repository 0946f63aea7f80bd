package io.millrace.api.serialization;

/** An output view that can be written at any place. Confined to its writer. */
public interface SeekableDataOutputView extends DataOutputView {
    /**
     * @param position in bytes from the begin
     */
    void setWritePosition(long position);
}
