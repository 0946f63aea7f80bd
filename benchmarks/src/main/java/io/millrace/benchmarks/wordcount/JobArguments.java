package io.millrace.benchmarks.wordcount;

/**
 * Arguments of a measured program. Immutable.
 *
 * @param output directory for the counts; in streaming mode results are discarded
 * @param runs how often the job runs in the same process; the first ones warm up
 */
record JobArguments(String input, String output, boolean batch, int parallelism, int runs) {
    static JobArguments parse(String[] args) {
        if (args.length != 5) {
            throw new IllegalArgumentException(
                    "wanted: INPUT OUTPUT batch|streaming PARALLELISM RUNS, got " + args.length);
        }
        return new JobArguments(
                args[0],
                args[1],
                args[2].equals("batch"),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]));
    }
}
