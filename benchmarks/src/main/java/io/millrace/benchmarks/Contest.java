package io.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets the contestants of a workload run in turn: A B C, A B C, …, each in its warm process. */
record Contest(Setup setup, int countedRounds) {
    /** A program without engine hardly varies and need not be run so often. */
    private static final int PLAIN_ROUNDS = 4;

    /**
     * @throws IOException if a process fails, or if the contestants' results differ
     */
    Outcome hold(Workload workload, int parallelism) throws IOException {
        Map<Contestant, Session> sessions = new LinkedHashMap<>();
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        try {
            for (Contestant contestant : workload.contestants()) {
                sessions.put(contestant, Session.start(setup, workload, parallelism, contestant));
                rounds.put(contestant.label(), new ArrayList<>());
            }
            for (int round = 0; round <= countedRounds; round++) {
                for (Contestant contestant : workload.contestants()) {
                    if (!contestant.isPlain() || round < PLAIN_ROUNDS) {
                        rounds.get(contestant.label()).add(sessions.get(contestant).run());
                    }
                }
            }
        } finally {
            sessions.values().forEach(Session::close);
        }
        checkCounts(workload, rounds);
        return new Outcome(
                workload.name(), parallelism, workload.records(), workload.target(), rounds);
    }

    /** All rounds of all contestants saw the same records; where times are in them, as many. */
    private static void checkCounts(Workload workload, Map<String, List<Round>> rounds)
            throws IOException {
        Round first = rounds.values().iterator().next().get(0);
        for (Map.Entry<String, List<Round>> entry : rounds.entrySet()) {
            for (Round round : entry.getValue()) {
                if (round.count() != first.count()
                        || (workload.comparable() && round.hash() != first.hash())) {
                    throw new IOException(
                            "the results of "
                                    + workload.name()
                                    + " differ: "
                                    + entry.getKey()
                                    + " had "
                                    + round.count()
                                    + " records of hash "
                                    + round.hash()
                                    + ", the first run "
                                    + first.count()
                                    + " of "
                                    + first.hash());
                }
            }
        }
    }
}
