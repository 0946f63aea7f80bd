package io.millrace.api.operator;

import java.util.Objects;

/**
 * A record and its timestamp. Mutable, so that an operator can give what it emits in the object in
 * which its input came. Not thread-safe.
 */
public final class StreamRecord<T> {
    private T value;
    private long timestamp;
    private boolean hasTimestamp;

    /** Without a timestamp. */
    public StreamRecord(T value) {
        this.value = value;
    }

    /**
     * @param timestamp milliseconds since the epoch
     */
    public StreamRecord(T value, long timestamp) {
        this.value = value;
        setTimestamp(timestamp);
    }

    public T getValue() {
        return value;
    }

    /** {@code Long.MIN_VALUE} if there is none. */
    public long getTimestamp() {
        return hasTimestamp ? timestamp : Long.MIN_VALUE;
    }

    public boolean hasTimestamp() {
        return hasTimestamp;
    }

    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
        this.hasTimestamp = true;
    }

    public void eraseTimestamp() {
        this.hasTimestamp = false;
    }

    /** This object with another value and the same timestamp. */
    @SuppressWarnings("unchecked") // the same object for another type of value
    public <X> StreamRecord<X> replace(X element) {
        this.value = (T) element;
        return (StreamRecord<X>) this;
    }

    /** This object with another value and timestamp. */
    public <X> StreamRecord<X> replace(X value, long timestamp) {
        setTimestamp(timestamp);
        return replace(value);
    }

    /** Another object with this timestamp. */
    public StreamRecord<T> copy(T valueCopy) {
        StreamRecord<T> copy = new StreamRecord<>(valueCopy);
        copyTo(valueCopy, copy);
        return copy;
    }

    /** Gives {@code target} the value and this timestamp. */
    public void copyTo(T valueCopy, StreamRecord<T> target) {
        target.value = valueCopy;
        target.timestamp = timestamp;
        target.hasTimestamp = hasTimestamp;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamRecord<?> that
                && hasTimestamp == that.hasTimestamp
                && getTimestamp() == that.getTimestamp()
                && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(value) + Long.hashCode(getTimestamp());
    }

    @Override
    public String toString() {
        return "Record @ " + (hasTimestamp ? timestamp : "(undef)") + " : " + value;
    }
}
