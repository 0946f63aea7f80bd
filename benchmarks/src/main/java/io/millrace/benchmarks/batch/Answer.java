package io.millrace.benchmarks.batch;

import java.io.IOException;

/**
 * What a job came to. Immutable.
 *
 * @param checksum the same for each order of the same records
 */
record Answer(long count, long checksum) {
    private static final String WORD = "ANSWER ";

    /** The last words of a process that is run for its answer. */
    void say() {
        System.out.println(WORD + count + " " + checksum);
        System.out.println("MEASURED cpuMs=0");
    }

    /**
     * What a process has said.
     *
     * @throws IOException if it has not
     */
    static Answer in(String log) throws IOException {
        for (String line : log.lines().toList()) {
            if (line.startsWith(WORD)) {
                String[] words = line.split(" ");
                return new Answer(Long.parseLong(words[1]), Long.parseLong(words[2]));
            }
        }
        throw new IOException("a process has not said what the answer is:\n" + log);
    }
}
