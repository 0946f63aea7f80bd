package io.millrace.runtime.serde;

/** Reads one value of a written form. As thread-safe as serializers are. */
interface ValueReader {
    /** Null only where the written form has a place for it. */
    Object read(BinaryReader in);
}
