package io.millrace.api.operator;

/** Knows the key for which something is done just now. Confined to its task. */
public interface KeyContext {
    /** From now on everything is done for this key. */
    void setCurrentKey(Object key);

    /** Null before the first record of a keyed stream, and on streams without keys. */
    Object getCurrentKey();
}
