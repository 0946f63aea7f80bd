package io.millrace.api.stream;

import io.millrace.api.option.MemorySize;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Operators of one group may share a slot; those of different groups never do. A group may say what
 * it needs; that is carried to the coordinator and shown with the job's vertices, and the slots are
 * of one size today, whatever a group says. Immutable.
 */
public class SlotSharingGroup implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The group of operators that name none. */
    public static final String DEFAULT = "default";

    private final String name;
    private final Double cpuCores;
    private final MemorySize taskHeapMemory;
    private final MemorySize taskOffHeapMemory;
    private final MemorySize managedMemory;
    private final Map<String, Double> externalResources;

    private SlotSharingGroup(Builder builder) {
        this.name = builder.name;
        this.cpuCores = builder.cpuCores;
        this.taskHeapMemory = builder.taskHeapMemory;
        boolean known = cpuCores != null;
        this.taskOffHeapMemory = known ? orZero(builder.taskOffHeapMemory) : null;
        this.managedMemory = known ? orZero(builder.managedMemory) : null;
        this.externalResources = Map.copyOf(builder.externalResources);
    }

    private static MemorySize orZero(MemorySize size) {
        return size == null ? MemorySize.ZERO : size;
    }

    public String getName() {
        return name;
    }

    /** Null if the group does not say what it needs; so are the other sizes then. */
    public Double getCpuCores() {
        return cpuCores;
    }

    public MemorySize getTaskHeapMemory() {
        return taskHeapMemory;
    }

    public MemorySize getTaskOffHeapMemory() {
        return taskOffHeapMemory;
    }

    public MemorySize getManagedMemory() {
        return managedMemory;
    }

    /** Amounts by the name of the resource. */
    public Map<String, Double> getExternalResources() {
        return externalResources;
    }

    /** For people, as {@code cpu 1.5, task heap 64 mb, gpu 1.0}; empty if it says nothing. */
    public Optional<String> describeResources() {
        if (cpuCores == null) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        text.append("cpu ").append(cpuCores).append(", task heap ").append(taskHeapMemory);
        if (taskOffHeapMemory.getBytes() > 0) {
            text.append(", off-heap ").append(taskOffHeapMemory);
        }
        if (managedMemory.getBytes() > 0) {
            text.append(", managed ").append(managedMemory);
        }
        new TreeMap<>(externalResources)
                .forEach((key, amount) -> text.append(", ").append(key).append(' ').append(amount));
        return Optional.of(text.toString());
    }

    public static Builder newBuilder(String name) {
        return new Builder(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlotSharingGroup that
                && name.equals(that.name)
                && Objects.equals(cpuCores, that.cpuCores)
                && Objects.equals(taskHeapMemory, that.taskHeapMemory)
                && Objects.equals(taskOffHeapMemory, that.taskOffHeapMemory)
                && Objects.equals(managedMemory, that.managedMemory)
                && externalResources.equals(that.externalResources);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                name,
                cpuCores,
                taskHeapMemory,
                taskOffHeapMemory,
                managedMemory,
                externalResources);
    }

    @Override
    public String toString() {
        return describeResources().map(resources -> name + " (" + resources + ")").orElse(name);
    }

    /** Builds a group: either with cores and heap and anything else, or with nothing. */
    public static class Builder {
        private final String name;
        private Double cpuCores;
        private MemorySize taskHeapMemory;
        private MemorySize taskOffHeapMemory;
        private MemorySize managedMemory;
        private final Map<String, Double> externalResources = new TreeMap<>();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name);
        }

        /**
         * @param cpuCores more than 0
         */
        public Builder setCpuCores(double cpuCores) {
            if (!(cpuCores > 0)) {
                throw new IllegalArgumentException(
                        "The cores of slot sharing group '"
                                + name
                                + "' are more than 0, not "
                                + cpuCores
                                + ".");
            }
            this.cpuCores = cpuCores;
            return this;
        }

        /**
         * @param taskHeapMemory more than 0
         */
        public Builder setTaskHeapMemory(MemorySize taskHeapMemory) {
            if (taskHeapMemory.getBytes() <= 0) {
                throw new IllegalArgumentException(
                        "The task heap of slot sharing group '" + name + "' is more than 0.");
            }
            this.taskHeapMemory = taskHeapMemory;
            return this;
        }

        public Builder setTaskHeapMemoryMB(int taskHeapMemoryMB) {
            return setTaskHeapMemory(MemorySize.ofMebiBytes(taskHeapMemoryMB));
        }

        public Builder setTaskOffHeapMemory(MemorySize taskOffHeapMemory) {
            this.taskOffHeapMemory = taskOffHeapMemory;
            return this;
        }

        public Builder setTaskOffHeapMemoryMB(int taskOffHeapMemoryMB) {
            return setTaskOffHeapMemory(MemorySize.ofMebiBytes(taskOffHeapMemoryMB));
        }

        public Builder setManagedMemory(MemorySize managedMemory) {
            this.managedMemory = managedMemory;
            return this;
        }

        public Builder setManagedMemoryMB(int managedMemoryMB) {
            return setManagedMemory(MemorySize.ofMebiBytes(managedMemoryMB));
        }

        /**
         * @param value the amount; 0 takes it back
         */
        public Builder setExternalResource(String name, double value) {
            if (value < 0) {
                throw new IllegalArgumentException(
                        "The amount of '" + name + "' is at least 0, not " + value + ".");
            }
            if (value == 0) {
                externalResources.remove(name);
            } else {
                externalResources.put(name, value);
            }
            return this;
        }

        /**
         * @throws IllegalArgumentException if something is set, but not both of cores and heap
         */
        public SlotSharingGroup build() {
            boolean something =
                    cpuCores != null
                            || taskHeapMemory != null
                            || taskOffHeapMemory != null
                            || managedMemory != null
                            || !externalResources.isEmpty();
            if (something && (cpuCores == null || taskHeapMemory == null)) {
                throw new IllegalArgumentException(
                        "Slot sharing group '"
                                + name
                                + "' says what it needs, so it must say both the cores and the"
                                + " task heap.");
            }
            return new SlotSharingGroup(this);
        }
    }
}
