package io.millrace.api.window;

/** A group of records that are looked at together. Subclasses are values: they define equality. */
public abstract class Window {
    /** The last millisecond that belongs to the window. */
    public abstract long maxTimestamp();
}
