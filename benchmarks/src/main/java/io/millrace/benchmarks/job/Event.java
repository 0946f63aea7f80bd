package io.millrace.benchmarks.job;

/** A POJO by the rules of both engines: public fields, a constructor without arguments. */
public class Event {
    private static final String[] NAMES = names();

    public long id;
    public int kind;
    public double value;
    public String name;
    public long timeMs;

    public Event() {}

    private static String[] names() {
        String[] names = new String[256];
        for (int i = 0; i < names.length; i++) {
            names[i] = "sensor-" + i;
        }
        return names;
    }

    public static Event of(long number) {
        Event event = new Event();
        event.id = number;
        event.kind = (int) number & 15;
        event.value = number;
        event.name = NAMES[(int) (number >>> 4) & 255];
        event.timeMs = 1_700_000_000_000L + number;
        return event;
    }

    /** Changes this event, as a map function may that owns its argument. */
    public Event scale(double factor) {
        value *= factor;
        return this;
    }

    /** Changes this event. */
    public Event shift(long millis) {
        timeMs += millis;
        return this;
    }

    /** Another event. */
    public Event renamed(String suffixKind) {
        Event event = new Event();
        event.id = id;
        event.kind = kind + suffixKind.length();
        event.value = value;
        event.name = name;
        event.timeMs = timeMs;
        return event;
    }

    public long checksum() {
        return checksum(id, kind, value, name, timeMs);
    }

    /** The same for every form in which these fields come. */
    public static long checksum(long id, int kind, double value, String name, long timeMs) {
        return ((id * 31 + kind) * 31 + timeMs)
                ^ Double.doubleToRawLongBits(value)
                ^ name.hashCode();
    }
}
