package io.millrace.host.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be equal if two runs of a program mean the same job: its operators and how records move
 * between them. Names, options and the bytes of functions may differ, as where a name has the time
 * in it. Pure.
 */
final class JobShape {
    private JobShape() {}

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} that names the first difference
     */
    static void requireSame(JobGraph running, JobGraph submitted) {
        List<String> was = linesOf(running);
        List<String> is = linesOf(submitted);
        for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
            String before = i < was.size() ? was.get(i) : "nothing";
            String now = i < is.size() ? is.get(i) : "nothing";
            if (!before.equals(now)) {
                throw new MillraceException(
                        ErrorCode.PROGRAM_INVALID,
                        "after the application master had died main ran again and submitted"
                                + " another job than before: job '"
                                + running.name()
                                + "' ("
                                + running.jobId()
                                + "), which goes on from its checkpoints, has "
                                + before
                                + " where the new one has "
                                + now
                                + ". A program must define the same jobs in the same order each"
                                + " time it runs; the running job is not touched.");
            }
        }
    }

    private static List<String> linesOf(JobGraph graph) {
        List<String> lines = new ArrayList<>();
        for (JobVertex vertex : graph.vertices()) {
            for (ChainedOperator operator : vertex.operators()) {
                lines.add(
                        operator.kind()
                                + " '"
                                + operator.identity()
                                + "' with parallelism "
                                + vertex.parallelism()
                                + " of at most "
                                + vertex.maxParallelism());
            }
        }
        for (JobEdge edge : graph.edges()) {
            lines.add(edge.kind() + " from " + edge.sourceVertex() + " to " + edge.targetVertex());
        }
        return lines;
    }
}
