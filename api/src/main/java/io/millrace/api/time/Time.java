package io.millrace.api.time;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A length of time as older programs write it; newer ones use {@link Duration}. Immutable.
 *
 * <p>The two classes of this name that programs may import are this one. Times of the same length
 * are equal, whatever their unit.
 */
public final class Time implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long size;
    private final TimeUnit unit;

    private Time(long size, TimeUnit unit) {
        this.size = size;
        this.unit = Objects.requireNonNull(unit, "unit");
    }

    public static Time of(long size, TimeUnit unit) {
        return new Time(size, unit);
    }

    public static Time milliseconds(long milliseconds) {
        return of(milliseconds, TimeUnit.MILLISECONDS);
    }

    public static Time seconds(long seconds) {
        return of(seconds, TimeUnit.SECONDS);
    }

    public static Time minutes(long minutes) {
        return of(minutes, TimeUnit.MINUTES);
    }

    public static Time hours(long hours) {
        return of(hours, TimeUnit.HOURS);
    }

    public static Time days(long days) {
        return of(days, TimeUnit.DAYS);
    }

    /** In milliseconds: what is shorter is lost. */
    public static Time of(Duration duration) {
        return fromDuration(duration);
    }

    /** In milliseconds: what is shorter is lost. */
    public static Time fromDuration(Duration duration) {
        return milliseconds(duration.toMillis());
    }

    /** Null of null. */
    public static Duration toDuration(Time time) {
        return time == null ? null : time.toDuration();
    }

    public TimeUnit getUnit() {
        return unit;
    }

    public long getSize() {
        return size;
    }

    public Duration toDuration() {
        return Duration.of(size, unit.toChronoUnit());
    }

    public long toMilliseconds() {
        return unit.toMillis(size);
    }

    public long toSeconds() {
        return unit.toSeconds(size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Time that && toDuration().equals(that.toDuration());
    }

    @Override
    public int hashCode() {
        return toDuration().hashCode();
    }

    @Override
    public String toString() {
        return size + " " + unit;
    }
}
