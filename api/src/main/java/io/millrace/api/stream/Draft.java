package io.millrace.api.stream;

import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.type.TypeInformation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An operator while the program is still being written. Mutable; confined to the thread of {@code
 * main()}.
 */
final class Draft {
    static final int UNSET = -1;
    private static final Pattern UID_HASH = Pattern.compile("[0-9A-Fa-f]{32}");

    /** {@link #UNSET} until it is {@link #complete}. */
    int id = UNSET;

    /** Null until it is {@link #complete}. */
    OperatorSpec spec;

    /** The branches of each input: none for a source, two for an operator of two streams. */
    List<List<Branch>> inputs = List.of();

    String name;

    /** Null until it is {@link #complete}. */
    StreamExecutionEnvironment owner;

    /** Of a stream that is cached; else null. */
    StreamCache<?> cache;

    /** Null if the user gave none. */
    String uid;

    /** 32 hexadecimal digits that stand for the uid; null if the user gave none. */
    String uidHash;

    /** Null for the name. */
    String description;

    /** Names without angle brackets. */
    final Map<String, String> metricVariables = new HashMap<>();

    /** {@link #UNSET} for the program's default. */
    int parallelism = UNSET;

    /** {@link #UNSET} for the program's default. */
    int maxParallelism = UNSET;

    /** Null to inherit from the inputs. */
    String slotSharingGroup;

    /** Null if erased, and for sinks. */
    TypeInformation<?> outputType;

    Chaining chaining = Chaining.ALWAYS;

    /** Null if its records have no keys. */
    Keying keying;

    /** An operator that has no place in a program yet. */
    Draft(String name, TypeInformation<?> outputType) {
        this.name = name;
        this.outputType = outputType;
    }

    Draft(
            int id,
            String name,
            OperatorSpec spec,
            TypeInformation<?> outputType,
            List<List<Branch>> inputs) {
        this(name, outputType);
        complete(id, spec, inputs);
    }

    /** Gives the operator its place in a program. Again only for what a cache is. */
    void complete(int id, OperatorSpec spec, List<List<Branch>> inputs) {
        this.id = id;
        this.spec = spec;
        this.inputs = List.copyOf(inputs);
    }

    boolean isComplete() {
        return spec != null;
    }

    void setUidHash(String hash) {
        if (!UID_HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "A uid hash has 32 hexadecimal digits, which '" + hash + "' has not.");
        }
        this.uidHash = hash;
    }

    /** By which the operator's state is found; null if the user said nothing. */
    String identity() {
        return uidHash == null ? uid : uidHash;
    }

    void addMetricVariable(String key, String value) {
        metricVariables.put(
                Objects.requireNonNull(key, "The name of the metric variable is null."),
                Objects.requireNonNull(value, "The value of metric variable " + key + " is null."));
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
     * @param sideOutput null for the main output
     * @param partitioning null for the default: forward if both have the same parallelism, else
     *     rebalance
     */
    record Branch(Draft source, OutputTag<?> sideOutput, Partitioning partitioning) {
        /** The main output of an operator. */
        static Branch of(Draft source) {
            return new Branch(source, null, null);
        }

        Branch by(Partitioning way) {
            return new Branch(source, sideOutput, way);
        }

        /** Null if it is found from the records. */
        TypeInformation<?> type() {
            return sideOutput == null ? source.outputType : sideOutput.getTypeInfo();
        }
    }
}
