package io.millrace.api.stream;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Adds operators of the engine's own to a program: the door for the rooms of this API that stand
 * beside {@code DataStream}. Programs have no use for it. Stateless; for the thread of {@code
 * main()}.
 */
public final class EngineStreams {
    private EngineStreams() {}

    /**
     * A stream as an input.
     *
     * @param partitioning null for the stream's own
     */
    public record Input(DataStream<?> stream, Partitioning partitioning) {}

    /**
     * @param freeIds ids that no operator gets, before the one of this one
     * @param outputType null if it is to be found from the records
     * @throws IllegalArgumentException if the inputs are of different environments
     */
    public static <R> SingleOutputStreamOperator<R> add(
            String name,
            OperatorSpec spec,
            int freeIds,
            TypeInformation<R> outputType,
            List<Input> inputs) {
        StreamExecutionEnvironment environment = inputs.get(0).stream().environment;
        List<List<Draft.Branch>> branches = new ArrayList<>();
        for (Input input : inputs) {
            if (input.stream().environment != environment) {
                throw new IllegalArgumentException(
                        "Streams of different environments cannot be inputs of '" + name + "'.");
            }
            branches.add(
                    input.partitioning() == null
                            ? input.stream().branches
                            : DataStream.partitioned(
                                    input.stream().branches, input.partitioning()));
        }
        for (int i = 0; i < freeIds; i++) {
            environment.nextId();
        }
        return new SingleOutputStreamOperator<>(
                environment, environment.addDraft(name, spec, outputType, branches));
    }

    /**
     * Takes out of a program what nobody reads of the given streams and of what leads to them. It
     * is part of the program again as soon as something reads it.
     */
    public static void dropUnread(
            StreamExecutionEnvironment environment, Iterable<DataStream<?>> streams) {
        Set<Draft> some = Collections.newSetFromMap(new IdentityHashMap<>());
        streams.forEach(stream -> addWithInputs(stream.branches, some));
        environment.dropUnread(some);
    }

    private static void addWithInputs(List<Draft.Branch> branches, Set<Draft> found) {
        for (Draft.Branch branch : branches) {
            if (found.add(branch.source())) {
                branch.source().inputs.forEach(input -> addWithInputs(input, found));
            }
        }
    }
}
