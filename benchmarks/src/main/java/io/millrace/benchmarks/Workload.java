package io.millrace.benchmarks;

import java.util.List;

/**
 * What is measured. Immutable.
 *
 * @param program its name among the programs of the engines
 * @param records that the source makes in one run; sized for runs of a few seconds
 * @param contestants the first is compared with the second
 * @param comparable whether all contestants must have the same result, record by record
 * @param target of the ratio of core-seconds, second to first; 0 if there is none
 */
record Workload(
        String name,
        String program,
        String about,
        long records,
        List<Integer> parallelisms,
        List<Contestant> contestants,
        boolean comparable,
        double target) {}
