package io.millrace.connector.file;

import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.stream.JobID;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the files of a job lie until they are committed: {@code <output>/.millrace-<job id>/}.
 * Readers pass names that begin with a dot over, and one directory a job makes it one thing to
 * remove.
 *
 * <p>A sink that puts files together also marks there what has ended: an empty file {@code
 * _ended-<subtask>-of-<subtasks>} for each subtask, behind all of its output.
 */
final class Staging {
    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
    private static final String PREFIX = ".millrace-";
    private static final Pattern ENDED = Pattern.compile("_ended-(\\d+)-of-(\\d+)");

    private Staging() {}

    static Path directory(Path output, JobID job) {
        return new Path(output, PREFIX + job);
    }

    static boolean isStaging(String name) {
        return name.startsWith(PREFIX);
    }

    /** Says, behind the output of a subtask that puts files together, that there is no more. */
    static FileSinkCommittable ended(Path output, JobID job, int subtask, int subtasks) {
        return FileSinkCommittable.end(
                new Path(directory(output, job), "_ended-" + subtask + "-of-" + subtasks), output);
    }

    /** Marks what has ended; nothing for a sink that puts no files together. */
    static void mark(FileSinkCommittable end) throws IOException {
        if (ENDED.matcher(end.staged().getName()).matches()) {
            end.staged()
                    .getFileSystem()
                    .create(end.staged(), FileSystem.WriteMode.OVERWRITE)
                    .close();
        }
    }

    /** Whether all subtasks that put files together have ended, and their output is visible. */
    static boolean isAllVisible(Path output, JobID job) throws IOException {
        Path staging = directory(output, job);
        FileStatus[] files;
        try {
            files = staging.getFileSystem().listStatus(staging);
        } catch (FileNotFoundException | NoSuchFileException absent) {
            return true;
        }
        Set<Integer> ended = new HashSet<>();
        int subtasks = Integer.MAX_VALUE;
        for (FileStatus file : files) {
            Matcher mark = ENDED.matcher(file.getPath().getName());
            if (mark.matches()) {
                ended.add(Integer.valueOf(mark.group(1)));
                subtasks = Integer.parseInt(mark.group(2));
            }
        }
        return files.length == 0 || ended.size() == subtasks;
    }

    /** Says that a job's directory stays. */
    static void tellLeft(Path output, JobID job) {
        LOG.info(
                "Files that wait to be put together stay, since a checkpoint or savepoint may have"
                        + " them. Remove the directory if nothing will be started from one."
                        + " directory={}",
                directory(output, job));
    }
}
