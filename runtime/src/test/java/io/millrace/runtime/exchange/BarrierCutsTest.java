package io.millrace.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Tries every order in which records, two barriers, ends, triggers, aborts and the switch to
 * overtaking can come to a task, and checks the equation of a cut at each: what was processed of a
 * channel, and what is taken along of it, is what came before its barrier. At the end every
 * checkpoint that could be cut has been.
 *
 * <p>{@code -Dmillrace.cuts=3} for up to three records on each of three channels, which takes
 * hours; 0 by default.
 */
class BarrierCutsTest {
    private static final long[] IDS = {1, 2};
    private static final int RECORDS_OF_THREE = Integer.getInteger("millrace.cuts", 0);

    /** What comes on one channel: r a record, 1 and 2 barriers, e the end. */
    private static List<String> scripts(int maxRecords) {
        List<String> scripts = new ArrayList<>();
        for (String barriers : List.of("", "1", "2", "12")) {
            withRecords("", barriers, maxRecords, scripts);
        }
        List<String> all = new ArrayList<>(scripts);
        scripts.forEach(script -> all.add(script + "e"));
        return all;
    }

    private static void withRecords(String before, String barriers, int left, List<String> into) {
        for (int records = 0; records <= left; records++) {
            String here = before + "r".repeat(records);
            if (barriers.isEmpty()) {
                into.add(here);
            } else {
                withRecords(here + barriers.charAt(0), barriers.substring(1), left - records, into);
            }
        }
    }

    /** A task that only counts: the place in each channel is its state. */
    private static final class Toy {
        private final List<String> scripts;
        private final BarrierAligner aligner;
        private final int[] read;
        private final int[] queued;
        private final int[] processed;
        private int done; // bits: trigger, abort, overtake for each checkpoint
        private int cut; // bit for each checkpoint
        private int abortedFirst; // bit for each checkpoint that was aborted before its cut

        Toy(List<String> scripts, boolean exactlyOnce, BitSet overtakable) {
            this.scripts = scripts;
            this.aligner = new BarrierAligner(scripts.size(), exactlyOnce, overtakable);
            this.read = new int[scripts.size()];
            this.queued = new int[scripts.size()];
            this.processed = new int[scripts.size()];
        }

        private Toy(Toy other) {
            this.scripts = other.scripts;
            this.aligner = new BarrierAligner(other.aligner);
            this.read = other.read.clone();
            this.queued = other.queued.clone();
            this.processed = other.processed.clone();
            this.done = other.done;
            this.cut = other.cut;
            this.abortedFirst = other.abortedFirst;
        }

        /** All that can happen next, each in a task of its own. */
        List<Toy> next(boolean exactlyOnce) {
            List<Toy> all = new ArrayList<>();
            for (int channel = 0; channel < scripts.size(); channel++) {
                boolean more = read[channel] < scripts.get(channel).length();
                if (queued[channel] > 0 || more && !aligner.isBlocked(channel)) {
                    all.add(new Toy(this).process(channel));
                }
                if (more && aligner.isReadAhead(channel) && queued[channel] < 2) {
                    all.add(new Toy(this).readAhead(channel));
                }
            }
            for (int i = 0; i < IDS.length; i++) {
                boolean triggered = i == 0 || is(done, 3 * (i - 1));
                if (triggered && !is(done, 3 * i)) {
                    all.add(new Toy(this).trigger(i));
                }
                if (!is(done, 3 * i + 1)) {
                    all.add(new Toy(this).abort(i));
                }
                if (exactlyOnce && is(done, 3 * i) && !is(done, 3 * i + 2)) {
                    all.add(new Toy(this).overtake(i));
                }
            }
            return all;
        }

        private static boolean is(int bits, int bit) {
            return (bits & 1 << bit) != 0;
        }

        private Toy process(int channel) {
            if (queued[channel] > 0) {
                queued[channel]--;
                if (processed[channel] < records(channel, read[channel])) {
                    processed[channel]++;
                }
                aligner.onAhead(channel, queued[channel] > 0);
            } else if (take(channel)) {
                processed[channel]++;
            }
            return cutIfDue();
        }

        private Toy readAhead(int channel) {
            boolean end = scripts.get(channel).charAt(read[channel]) == 'e';
            if (take(channel) || end) {
                queued[channel]++;
                aligner.onAhead(channel, true);
            }
            return cutIfDue();
        }

        /** Whether it was a record. */
        private boolean take(int channel) {
            char token = scripts.get(channel).charAt(read[channel]++);
            if (token == 'e') {
                aligner.onEnd(channel);
            } else if (token != 'r') {
                aligner.onBarrier(channel, barrier(token - '0'));
            }
            return token == 'r';
        }

        private Toy trigger(int i) {
            done |= 1 << 3 * i;
            aligner.onTrigger(barrier(IDS[i]));
            return cutIfDue();
        }

        private Toy abort(int i) {
            done |= 1 << 3 * i + 1;
            abortedFirst |= is(cut, i) ? 0 : 1 << i;
            aligner.onAbort(IDS[i]);
            return cutIfDue();
        }

        private Toy overtake(int i) {
            done |= 1 << 3 * i + 2;
            aligner.overtake(IDS[i]);
            return cutIfDue();
        }

        private Toy cutIfDue() {
            while (aligner.due() != null) {
                int i = (int) aligner.due().checkpointId() - 1;
                if (is(cut, i) || is(abortedFirst, i) || cut >> i != 0) {
                    throw new AssertionError("cut of " + IDS[i] + " in " + this);
                }
                check(i);
                cut |= 1 << i;
                aligner.onCut();
            }
            return this;
        }

        private void check(int i) {
            for (int channel = 0; channel < scripts.size(); channel++) {
                String script = scripts.get(channel);
                int at = script.indexOf((char) ('0' + IDS[i]));
                int before = records(channel, at < 0 ? script.length() : at);
                int taken = 0;
                if (aligner.isDueOvertaking()) {
                    taken = records(channel, read[channel]) - processed[channel];
                }
                if (processed[channel] + taken != before) {
                    throw new AssertionError(
                            "checkpoint "
                                    + IDS[i]
                                    + " has "
                                    + processed[channel]
                                    + " + "
                                    + taken
                                    + " of channel "
                                    + channel
                                    + ", not "
                                    + before
                                    + ": "
                                    + this);
                }
            }
        }

        private int records(int channel, int upTo) {
            int records = 0;
            for (int at = 0; at < upTo; at++) {
                records += scripts.get(channel).charAt(at) == 'r' ? 1 : 0;
            }
            return records;
        }

        /** Nothing can be read any more: has everything been cut that could be? */
        void checkAtRest() {
            for (int channel = 0; channel < scripts.size(); channel++) {
                boolean more = read[channel] < scripts.get(channel).length();
                if (queued[channel] > 0 || more && !aligner.isBlocked(channel)) {
                    return;
                }
            }
            for (int i = 0; i < IDS.length; i++) {
                if (isPossible(i) && !is(cut, i) && !is(abortedFirst, i)) {
                    throw new AssertionError("no cut of " + IDS[i] + ": " + this);
                }
            }
        }

        private boolean isPossible(int i) {
            boolean began = is(done, 3 * i);
            for (String script : scripts) {
                char id = (char) ('0' + IDS[i]);
                boolean shown = script.indexOf(id) >= 0;
                boolean skipped = i == 0 && script.indexOf('2') >= 0;
                if (!shown && (skipped || !script.endsWith("e"))) {
                    return false;
                }
                began |= shown;
            }
            return began;
        }

        String key() {
            StringBuilder key = new StringBuilder().append((char) (done << 4 | cut << 2));
            for (int channel = 0; channel < read.length; channel++) {
                key.append((char) (read[channel] << 6 | queued[channel] << 3 | processed[channel]));
            }
            return key.append((char) abortedFirst).append(aligner).toString();
        }

        @Override
        public String toString() {
            return scripts + " " + aligner + " cut " + cut;
        }
    }

    private static Barrier barrier(long id) {
        return new Barrier(id, 0, CheckpointKind.FULL);
    }

    private static long visit(List<String> scripts, boolean exactlyOnce, BitSet overtakable) {
        Set<String> seen = new HashSet<>();
        ArrayDeque<Toy> open = new ArrayDeque<>();
        open.add(new Toy(scripts, exactlyOnce, overtakable));
        while (!open.isEmpty()) {
            Toy toy = open.removeLast();
            toy.checkAtRest();
            for (Toy next : toy.next(exactlyOnce)) {
                if (seen.add(next.key())) {
                    open.add(next);
                }
            }
        }
        return seen.size();
    }

    private static long visitAll(int channels, int maxRecords) {
        BitSet all = new BitSet();
        all.set(0, channels);
        BitSet some = new BitSet();
        some.set(0, channels - 1);
        List<String> scripts = scripts(maxRecords);
        long states = 0;
        for (List<String> choice : choices(scripts, channels, 0)) {
            states += visit(choice, true, all);
            states += channels > 1 ? visit(choice, true, some) : 0;
        }
        return states;
    }

    /** Channels are alike, so each set of scripts once. */
    private static List<List<String>> choices(List<String> scripts, int channels, int from) {
        if (channels == 0) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (int i = from; i < scripts.size(); i++) {
            for (List<String> rest : choices(scripts, channels - 1, i)) {
                List<String> choice = new ArrayList<>();
                choice.add(scripts.get(i));
                choice.addAll(rest);
                all.add(choice);
            }
        }
        return all;
    }

    @Test
    void everyCutOfOneChannelIsExact() {
        assertThat(visitAll(1, 3)).isGreaterThan(1_000);
    }

    @Test
    void everyCutOfTwoChannelsIsExact() {
        assertThat(visitAll(2, Math.max(1, RECORDS_OF_THREE))).isGreaterThan(100_000);
    }

    @Test
    void everyCutOfThreeChannelsIsExact() {
        assertThat(visitAll(3, RECORDS_OF_THREE)).isGreaterThan(100_000);
    }
}
