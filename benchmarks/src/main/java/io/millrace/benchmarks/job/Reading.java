package io.millrace.benchmarks.job;

/** The same as {@link Event}, as a Java record. */
public record Reading(long id, int kind, double value, String name, long timeMs) {
    public static Reading of(long number) {
        Event event = Event.of(number);
        return new Reading(event.id, event.kind, event.value, event.name, event.timeMs);
    }

    public long checksum() {
        return Event.checksum(id, kind, value, name, timeMs);
    }
}
