package io.millrace.host.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Preflight;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.sink.SinkWriterOperator;

/** Asks sources and sinks whether they will work. */
final class Preflights {
    private Preflights() {}

    /**
     * @param user the context class loader while they are asked
     * @throws MillraceException the first refusal
     */
    static void run(StreamGraph graph, ClassLoader user) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(user);
        try {
            for (StreamNode node : graph.nodes()) {
                if (connectorOf(node.spec()) instanceof Preflight connector) {
                    run(graph, node, connector);
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Null for operators that touch nothing outside. */
    static Object connectorOf(OperatorSpec spec) {
        if (spec instanceof OperatorSpec.SourceSpec source) {
            return source.source();
        }
        return SinkWriterOperator.sinkOf(spec);
    }

    private static void run(StreamGraph graph, StreamNode node, Preflight connector) {
        try {
            connector.preflight(graph.mode(), graph.config());
        } catch (MillraceException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(node, e);
        } catch (Exception e) {
            throw failed(node, e);
        }
    }

    private static MillraceException failed(StreamNode node, Exception e) {
        return new MillraceException(
                ErrorCode.USER_CODE_FAILED,
                "the check of operator '" + node.name() + "' before the job starts threw " + e,
                e);
    }
}
