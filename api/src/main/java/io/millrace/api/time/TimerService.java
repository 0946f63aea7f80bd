package io.millrace.api.time;

/**
 * The time of a task, and timers of the current key. Confined to the task; valid during the call
 * that it was given in.
 *
 * <p>All times are milliseconds since the epoch. There is at most one timer for each key, time and
 * domain: registering it again changes nothing, deleting one that is not there neither. Timers
 * exist on keyed streams only.
 */
public interface TimerService {
    /** What the other methods say on streams without keys. */
    String UNSUPPORTED_REGISTER_TIMER_MSG =
            "Timers can be registered on keyed streams only. Use keyBy() before process().";

    /** What the other methods say on streams without keys. */
    String UNSUPPORTED_DELETE_TIMER_MSG =
            "Timers can be deleted on keyed streams only. Use keyBy() before process().";

    /** The wall clock. */
    long currentProcessingTime();

    /** How far event time has come; {@code Long.MIN_VALUE} before the first watermark. */
    long currentWatermark();

    /** Fires when the wall clock has reached {@code time}. */
    void registerProcessingTimeTimer(long time);

    /** Fires when the watermark has reached {@code time}; at the next one if it has already. */
    void registerEventTimeTimer(long time);

    void deleteProcessingTimeTimer(long time);

    void deleteEventTimeTimer(long time);
}
