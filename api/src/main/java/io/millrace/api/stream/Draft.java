package io.millrace.api.stream;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/**
 * An operator while the program is still being written. Mutable; confined to the thread of {@code
 * main()}.
 */
final class Draft {
    static final int UNSET = -1;

    final int id;
    final OperatorSpec spec;
    final List<Branch> inputs;

    String name;

    /** Null if the user gave none. */
    String uid;

    /** {@link #UNSET} for the program's default. */
    int parallelism = UNSET;

    /** {@link #UNSET} for the program's default. */
    int maxParallelism = UNSET;

    /** Null to inherit from the inputs. */
    String slotSharingGroup;

    /** Null if erased, and for sinks. */
    TypeInformation<?> outputType;

    Chaining chaining = Chaining.ALWAYS;

    Draft(
            int id,
            String name,
            OperatorSpec spec,
            TypeInformation<?> outputType,
            List<Branch> inputs) {
        this.id = id;
        this.name = name;
        this.spec = spec;
        this.outputType = outputType;
        this.inputs = List.copyOf(inputs);
    }

    void setParallelism(int value) {
        if (value < 1 && value != ExecutionConfig.PARALLELISM_DEFAULT) {
            throw new IllegalArgumentException(
                    "The parallelism of '" + name + "' is at least 1, not " + value + ".");
        }
        this.parallelism = value;
    }

    void setMaxParallelism(int value) {
        if (value < 1 || value > GraphAssembly.MAX_KEY_GROUPS) {
            throw new IllegalArgumentException(
                    "The maximum parallelism of '"
                            + name
                            + "' is from 1 to "
                            + GraphAssembly.MAX_KEY_GROUPS
                            + ", not "
                            + value
                            + ".");
        }
        this.maxParallelism = value;
    }

    /**
     * Records of an operator on their way to another.
     *
     * @param partitioning null for the default: forward if both have the same parallelism, else
     *     rebalance
     */
    record Branch(Draft source, Partitioning partitioning) {}
}
