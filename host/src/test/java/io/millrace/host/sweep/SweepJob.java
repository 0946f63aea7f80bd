package io.millrace.host.sweep;

import java.nio.file.Path;

/**
 * What the leaders of one case run. Immutable.
 *
 * @param output one word
 */
public record SweepJob(Class<? extends SweepProgram> program, String output) {
    public SweepJob {
        if (output.contains(" ")) {
            throw new IllegalArgumentException("processes are told words: " + output);
        }
    }

    /** What {@link CoordinatorRole} is told. */
    String words() {
        return program.getName() + " " + output;
    }

    /** In the leader's process. */
    static void run(String program, String output, Path directory) throws Exception {
        Class.forName(program)
                .asSubclass(SweepProgram.class)
                .getDeclaredConstructor()
                .newInstance()
                .run(output, directory);
    }
}
