package io.millrace.batch.shuffle;

import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the results of a worker are in its local directories. Thread-safe. */
interface ResultLayout {
    /** The files of a new result; makes the directories that it needs. */
    ResultPaths create(Path local, ResultId id) throws IOException;

    /** The result is whole: lets others read it, if they shall. */
    void onWhole(ResultPaths paths) throws IOException;

    /** The files of a result have been removed, or it never became whole. */
    void onRemoved(ResultPaths paths) throws IOException;

    /** Removes a result of another worker that has ended, if it is in this directory. */
    void removeOrphan(Path local, ResultId id) throws IOException;

    /** Removes what is there of a job. */
    void removeJob(Path local, JobId jobId) throws IOException;

    /** Whether results stay when their worker ends. */
    boolean outlivesWorker();

    /** A directory and all that is in it, if it is there. */
    static void removeTree(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(directory)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
