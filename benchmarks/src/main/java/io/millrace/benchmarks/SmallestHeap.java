package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;

/**
 * Looks for the smallest heap in which a process runs a workload once, by trying: between a heap in
 * which it ends and one in which it does not, until they are within 5 % of each other.
 */
record SmallestHeap(Setup setup, Workload workload, Contestant contestant) {
    private static final int LEAST_MB = 128;
    private static final int MOST_MB = 8192;

    /** What only collects garbage for so long is as good as without memory. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    int find() throws IOException {
        int tooSmall = LEAST_MB;
        int enough = LEAST_MB;
        while (!endsIn(enough)) {
            tooSmall = enough;
            enough *= 2;
            if (enough > MOST_MB) {
                throw new IOException(
                        workload.name()
                                + " on "
                                + contestant.label()
                                + " does not end in "
                                + tooSmall
                                + " MB of heap either; its log is in "
                                + setup.work());
            }
        }
        while (enough - tooSmall > enough / 20) {
            int middle = (enough + tooSmall) / 2;
            if (endsIn(middle)) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return enough;
    }

    private boolean endsIn(int megabytes) {
        Contestant tried = contestant.withHeapMb(megabytes);
        try (Session session = Session.start(setup, workload, 1, tried, LIMIT)) {
            Round round = session.run();
            System.err.println(
                    contestant.label()
                            + " in "
                            + megabytes
                            + " MB: "
                            + round.cpuMs()
                            + " ms of CPU");
            return true;
        } catch (IOException e) {
            System.err.println(contestant.label() + " in " + megabytes + " MB: does not end");
            return false;
        }
    }
}
