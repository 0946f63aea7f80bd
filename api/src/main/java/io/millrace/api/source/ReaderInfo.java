package io.millrace.api.source;

import java.io.Serializable;
import java.util.Objects;

/** A reader that has registered, and the host that it runs on. Immutable. */
public final class ReaderInfo implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int subtaskId;
    private final String location;

    public ReaderInfo(int subtaskId, String location) {
        this.subtaskId = subtaskId;
        this.location = location;
    }

    public int getSubtaskId() {
        return subtaskId;
    }

    /** The host's name. */
    public String getLocation() {
        return location;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReaderInfo that
                && subtaskId == that.subtaskId
                && Objects.equals(location, that.location);
    }

    @Override
    public int hashCode() {
        return Objects.hash(subtaskId, location);
    }

    @Override
    public String toString() {
        return "reader " + subtaskId + " on " + location;
    }
}
