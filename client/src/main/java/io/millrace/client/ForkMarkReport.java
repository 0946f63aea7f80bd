package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.api.file.FileErrors;
import io.millrace.client.ForkFates.Fate;
import io.millrace.client.job.Numbers;
import io.millrace.runtime.checkpoint.PlacedMark;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code fsck} says of the marks of forks, and which it deletes: those of applications that
 * have ended, and of those that nobody knows any more if it is told to. Confined to one command.
 */
final class ForkMarkReport {
    private record Line(PlacedMark placed, Fate fate, boolean stale) {}

    private final List<Line> lines = new ArrayList<>();
    private final List<PlacedMark> deleted = new ArrayList<>();
    private final String problem;

    /**
     * @param forgotten what is unknown has ended, too
     * @param beforeMs what is unknown and was marked since then, milliseconds since the epoch, is
     *     left alone
     */
    ForkMarkReport(List<PlacedMark> marks, ForkFates fates, boolean forgotten, long beforeMs) {
        for (PlacedMark placed : marks) {
            Fate fate = fates.of(placed.mark());
            boolean gone = fate == Fate.UNKNOWN && forgotten && placed.placedAtMs() < beforeMs;
            lines.add(new Line(placed, fate, fate == Fate.ENDED || gone));
        }
        problem = fates.problem();
    }

    /** Deletes the files of those that keep something for nobody. */
    void delete() {
        for (Line line : lines) {
            if (line.stale()) {
                PlacedMark placed = line.placed();
                try {
                    if (placed.path().getFileSystem().delete(placed.path(), false)) {
                        deleted.add(placed);
                    }
                } catch (IOException e) {
                    throw FileErrors.of(e, placed.path(), "delete the mark of a fork");
                }
            }
        }
    }

    void print(PrintWriter out) {
        for (Line line : lines) {
            PlacedMark placed = line.placed();
            out.printf(
                    "%s keeps checkpoint %d for %s since %s: %s%n",
                    placed.path(),
                    placed.mark().checkpointId(),
                    placed.mark().who(),
                    Numbers.time(placed.placedAtMs()),
                    deleted.contains(placed) ? "has ended; deleted" : words(line));
        }
    }

    private String words(Line line) {
        return switch (line.fate()) {
            case RUNS -> "it runs";
            case ENDED -> "it has ended; --delete-orphans deletes the mark";
            case UNKNOWN ->
                    "the ResourceManager does not know it (any more, or it is not of this"
                            + " cluster), so the mark stays; if you know that it has ended, add"
                            + " --delete-orphans --forgotten-forks";
            case NOT_ASKED -> "whether it has ended is not known: " + problem;
        };
    }

    void addTo(ArrayNode list) {
        for (Line line : lines) {
            PlacedMark placed = line.placed();
            list.addObject()
                    .put("path", placed.path().toString())
                    .put("job", placed.mark().fork().hex())
                    .put("application", placed.mark().application())
                    .put("epoch", placed.mark().epoch())
                    .put("checkpointId", placed.mark().checkpointId())
                    .put("placedAtMs", placed.placedAtMs())
                    .put("fate", line.fate().name())
                    .put("deleted", deleted.contains(placed));
        }
    }
}
