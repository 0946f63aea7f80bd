package io.millrace.api.stream;

import java.util.Objects;

/** Operators of one group may share a slot; those of different groups never do. Immutable. */
public class SlotSharingGroup {
    /** The group of operators that name none. */
    public static final String DEFAULT = "default";

    private final String name;

    private SlotSharingGroup(String name) {
        this.name = Objects.requireNonNull(name);
    }

    public String getName() {
        return name;
    }

    public static Builder newBuilder(String name) {
        return new Builder(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlotSharingGroup that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Builds a group. */
    public static class Builder {
        private final String name;

        private Builder(String name) {
            this.name = name;
        }

        public SlotSharingGroup build() {
            return new SlotSharingGroup(name);
        }
    }
}
