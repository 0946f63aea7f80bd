package io.millrace.api.operator;

/** Whose timers fire; its key is the timer's then. */
public interface Triggerable<K, N> {
    /** The watermark has come to the timer's time. */
    void onEventTime(InternalTimer<K, N> timer) throws Exception;

    /** The wall clock has come to the timer's time. */
    void onProcessingTime(InternalTimer<K, N> timer) throws Exception;
}
