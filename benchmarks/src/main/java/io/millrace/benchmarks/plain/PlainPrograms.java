package io.millrace.benchmarks.plain;

import io.millrace.benchmarks.job.Event;
import io.millrace.benchmarks.job.Job;
import io.millrace.benchmarks.job.KeyChoice;
import io.millrace.benchmarks.job.Keyed;
import io.millrace.benchmarks.job.Lines;
import io.millrace.benchmarks.job.Parcel;
import io.millrace.benchmarks.job.Reading;
import io.millrace.benchmarks.job.Rounds;
import io.millrace.benchmarks.job.Tally;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Each workload as one loop. No records move between threads, nothing is kept beyond the sums. */
public final class PlainPrograms {
    private static final Map<String, Loop> LOOPS =
            Map.of(
                    "chain", PlainPrograms::chain,
                    "rebalance-pojo", PlainPrograms::pojos,
                    "rebalance-record", PlainPrograms::records,
                    "rebalance-tuple", PlainPrograms::pojos,
                    "keyed-sum", PlainPrograms::keyedSum,
                    "state", PlainPrograms::state,
                    "wordcount", PlainPrograms::wordCount,
                    "remote", PlainPrograms::remote);

    private interface Loop {
        void run(Job job, Tally tally);
    }

    private PlainPrograms() {}

    public static void main(String[] args) throws Exception {
        Rounds.serve(
                args,
                job -> {
                    Tally tally = new Tally();
                    LOOPS.get(job.workload()).run(job, tally);
                    tally.leave(job.results(), "plain");
                });
    }

    private static void chain(Job job, Tally tally) {
        long each = job.records() / 3;
        for (long n = 0; n < each; n++) {
            Event event = Event.of(n).scale(1.1);
            if (event.kind != 3) {
                tally.add(event.shift(5).checksum());
            }
        }
        for (long n = 0; n < each; n++) {
            Event event = Event.of(n).renamed("ab");
            if (event.name.length() > 8) {
                tally.add(event.scale(0.5).checksum());
            }
        }
        for (long n = 0; n < each; n++) {
            Event event = Event.of(n).shift(-7);
            if ((event.id & 7) != 0) {
                tally.add(event.renamed("c").checksum());
            }
        }
    }

    private static void pojos(Job job, Tally tally) {
        for (long n = 0; n < job.records(); n++) {
            tally.add(Event.of(n).checksum());
        }
    }

    private static void records(Job job, Tally tally) {
        for (long n = 0; n < job.records(); n++) {
            tally.add(Reading.of(n).checksum());
        }
    }

    private static void keyedSum(Job job, Tally tally) {
        long keys = job.parameter("keys", 1);
        Map<Long, Long> sums = new HashMap<>();
        for (long n = 0; n < job.records(); n++) {
            long key = Keyed.key(n, keys);
            tally.add(Keyed.checksum(key, sums.merge(key, Keyed.value(key), Long::sum)));
        }
    }

    private static void state(Job job, Tally tally) {
        KeyChoice choice = KeyChoice.of(job);
        Map<Long, Long> sums = new HashMap<>();
        for (long n = 0; n < job.records(); n++) {
            long key = choice.key(n);
            Long before = sums.get(key);
            long now = before == null ? Keyed.value(key) : before + Keyed.value(key);
            sums.put(key, now);
            tally.add(Keyed.checksum(key, now));
        }
    }

    private static void wordCount(Job job, Tally tally) {
        Map<String, Integer> counts = new HashMap<>();
        for (long n = 0; n < job.records() / Lines.WORDS; n++) {
            Lines.words(
                    Lines.line(n),
                    word -> tally.add(Keyed.checksum(word, counts.merge(word, 1, Integer::sum))));
        }
    }

    /** To bytes and back. */
    private static void remote(Job job, Tally tally) {
        ByteBuffer buffer = ByteBuffer.allocate(128);
        for (long n = 0; n < job.records(); n++) {
            Parcel parcel = Parcel.of(n);
            buffer.clear();
            buffer.putLong(parcel.id).putLong(parcel.timeMs).putInt(parcel.kind);
            buffer.putInt(parcel.payload.length).put(parcel.payload).flip();
            Parcel arrived = new Parcel();
            arrived.id = buffer.getLong();
            arrived.timeMs = buffer.getLong();
            arrived.kind = buffer.getInt();
            arrived.payload = new byte[buffer.getInt()];
            buffer.get(arrived.payload);
            tally.add(arrived.checksum());
        }
    }
}
