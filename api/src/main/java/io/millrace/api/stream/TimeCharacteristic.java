package io.millrace.api.stream;

/**
 * What programs of older versions chose for the whole job.
 *
 * @deprecated time is chosen where it matters: event time by {@code assignTimestampsAndWatermarks},
 *     the others by timers and windows
 */
@Deprecated
public enum TimeCharacteristic {
    ProcessingTime,
    IngestionTime,
    EventTime
}
