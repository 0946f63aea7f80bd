package io.millrace.host.sweep;

import java.nio.file.Path;

/** The job of a sweep; made by its constructor without arguments in the process that leads. */
public interface SweepProgram {
    /**
     * Builds the job and runs it to its end.
     *
     * @param output where to, as its {@link SweepSubject} has said
     * @param directory of the case, whose files say how the job is to be: {@link SequencesProgram}
     */
    void run(String output, Path directory) throws Exception;
}
