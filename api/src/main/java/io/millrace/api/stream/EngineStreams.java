package io.millrace.api.stream;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.List;

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
}
