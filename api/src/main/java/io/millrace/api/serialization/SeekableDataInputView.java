package io.millrace.api.serialization;

/** An input view that can be read from any place. Confined to its reader. */
public interface SeekableDataInputView extends DataInputView {
    /**
     * @param position in bytes from the begin
     */
    void setReadPosition(long position);
}
