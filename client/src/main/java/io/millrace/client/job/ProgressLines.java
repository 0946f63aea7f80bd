package io.millrace.client.job;

import java.util.ArrayList;
import java.util.List;

/** What people see of a job while it runs, as lines of text. Pure. */
public final class ProgressLines {
    private static final int MAX_NAME = 44;

    private ProgressLines() {}

    /** A headline and a table of the vertices. */
    public static List<String> block(JobView job) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(job));
        if (!job.vertices().isEmpty()) {
            Table table =
                    new Table(">#", "VERTEX", "STATE", ">TASKS", ">RECORDS IN", ">RECORDS OUT");
            for (JobView.Vertex vertex : job.vertices()) {
                table.row(
                        vertex.id(),
                        shorten(vertex.name()),
                        vertex.state(),
                        tasks(vertex),
                        Numbers.count(vertex.recordsIn()),
                        Numbers.count(vertex.recordsOut()));
            }
            table.lines().forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    /** All in one line, for a log. */
    static String line(JobView job) {
        StringBuilder line = new StringBuilder(headline(job));
        for (JobView.Vertex vertex : job.vertices()) {
            line.append("  [")
                    .append(vertex.id())
                    .append("] ")
                    .append(tasks(vertex))
                    .append(" in ")
                    .append(Numbers.count(vertex.recordsIn()))
                    .append(" out ")
                    .append(Numbers.count(vertex.recordsOut()));
        }
        return line.toString();
    }

    static String headline(JobView job) {
        String restarts = job.restarts() == 0 ? "" : "  restarts " + job.restarts();
        return job.name()
                + "  "
                + job.state()
                + "  "
                + Numbers.duration(job.durationMs())
                + restarts;
    }

    private static String tasks(JobView.Vertex vertex) {
        return (vertex.running() + vertex.ended()) + "/" + vertex.parallelism();
    }

    private static String shorten(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME - 1) + "…";
    }
}
