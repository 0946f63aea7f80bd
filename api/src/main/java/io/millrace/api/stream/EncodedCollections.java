package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.JobExecutor;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.source.CollectionSource;

/**
 * Values of {@code fromData} travel as the engine writes them: they need not be serializable. Pure.
 *
 * @param classLoader sees the classes of the program
 */
record EncodedCollections(JobExecutor engine, ClassLoader classLoader) {
    /** The same graph, its values encoded. */
    StreamGraph in(StreamGraph graph) {
        return new StreamGraph(
                graph.jobName(),
                graph.mode(),
                graph.nodes().stream().map(this::in).toList(),
                graph.edges(),
                graph.config(),
                graph.attachments());
    }

    private StreamNode in(StreamNode node) {
        if (node.spec() instanceof SourceSpec spec
                && spec.source() instanceof CollectionSource<?> collection) {
            return new StreamNode(
                    node.id(),
                    node.name(),
                    node.description(),
                    node.uid(),
                    new SourceSpec(encoded(collection), spec.watermarks()),
                    node.parallelism(),
                    node.maxParallelism(),
                    node.slotSharingGroup(),
                    node.outputType(),
                    node.chaining(),
                    node.keying(),
                    node.metricVariables(),
                    node.parallelismSet());
        }
        return node;
    }

    private <T> CollectionSource<T> encoded(CollectionSource<T> source) {
        try {
            return source.encodedBy(engine.valueCodec(source.getProducedType(), classLoader));
        } catch (ClassCastException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "a value of fromData is not a "
                            + source.getProducedType()
                            + ": "
                            + e.getMessage()
                            + ".",
                    e);
        }
    }
}
