package io.millrace.api.type;

/** A value that can take over another one's content. */
public interface ResettableValue<T extends Value> extends Value {
    void setValue(T value);
}
