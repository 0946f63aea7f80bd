package io.millrace.runtime.exchange.remote;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ChunkCodecs;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.local.LocalExchange;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.wire.AppSecret;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Records of word and count from a task of one worker to a task of another over loopback: encode,
 * send, receive, decode. {@code CHUNK} keeps the channel full; {@code ROUND_TRIP} waits for each
 * chunk's echo on a channel back, which shows the delay of an idle exchange. Both workers share the
 * JVM and its cores. Numbers are in {@code docs/design/exchange-remote.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx768m", "-XX:+UseSerialGC"})
public class RemoteExchangeBenchmark {
    static final int BATCH = RecordChunk.CAPACITY;

    private static final JobId JOB = new JobId("b".repeat(32));

    /** Bytes of each word. */
    @Param({"8", "100"})
    public int wordBytes;

    private NetworkExchange a;
    private NetworkExchange b;
    private ChannelWriter forth;
    private ChannelReader back;
    private Thread consumer;
    private RecordChunk chunk;
    private volatile boolean echoes;

    @Setup(Level.Trial)
    public void open() {
        AppSecret secret = AppSecret.random();
        RemoteExchangeSettings settings =
                new RemoteExchangeSettings(
                        512 << 10, Duration.ofMinutes(1), Duration.ofMinutes(1), 1);
        a = NetworkExchange.serve("a", "127.0.0.1", 0, secret, settings, new LocalExchange(16));
        b = NetworkExchange.serve("b", "127.0.0.1", 0, secret, settings, new LocalExchange(16));
        WorkerAddress atA = new WorkerAddress("a", "127.0.0.1", a.port());
        WorkerAddress atB = new WorkerAddress("b", "127.0.0.1", b.port());
        Supplier<ChunkCodec> codec =
                ChunkCodecs.of(
                        Serializers.of(
                                Types.TUPLE(Types.STRING, Types.INT), getClass().getClassLoader()),
                        true);
        Thread producer = Thread.currentThread();
        ChannelId out = new ChannelId(JOB, 1, 0, 0, 0);
        ChannelId in = new ChannelId(JOB, 2, 0, 0, 0);
        forth = a.openWriter(out, atB, codec, () -> LockSupport.unpark(producer));
        back = a.openReader(in, atB, codec, () -> LockSupport.unpark(producer));
        consumer = new Thread(() -> consume(out, in, atA, codec), "consumer");
        consumer.start();
        chunk = new RecordChunk(true);
        for (int i = 0; i < BATCH; i++) {
            String word = "w".repeat(wordBytes - 3) + (100 + i);
            chunk.add(Tuple2.of(word, i), i, word.hashCode());
        }
    }

    private void consume(
            ChannelId out, ChannelId in, WorkerAddress atA, Supplier<ChunkCodec> codec) {
        Thread self = Thread.currentThread();
        ChannelReader reader = b.openReader(out, atA, codec, () -> LockSupport.unpark(self));
        ChannelWriter echo = b.openWriter(in, atA, codec, () -> LockSupport.unpark(self));
        ControlEvent.Idle answer = new ControlEvent.Idle();
        while (true) {
            Item item = reader.poll();
            if (item == null) {
                LockSupport.park();
            } else if (item instanceof ControlEvent.EndOfInput) {
                return;
            } else if (echoes) {
                while (!echo.offer(answer)) {
                    LockSupport.park();
                }
            }
        }
    }

    @TearDown(Level.Trial)
    public void close() throws InterruptedException {
        while (!forth.offer(new ControlEvent.EndOfInput())) {
            LockSupport.park();
        }
        consumer.join();
        a.close();
        b.close();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public void recordOfAFullChannel() {
        while (!forth.offer(chunk)) {
            LockSupport.park();
        }
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Item roundTripOfAChunk() {
        echoes = true;
        while (!forth.offer(chunk)) {
            LockSupport.park();
        }
        Item answer;
        while ((answer = back.poll()) == null) {
            LockSupport.park();
        }
        return answer;
    }
}
