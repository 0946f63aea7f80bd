package io.millrace.runtime.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkCodecTest {
    private static final ClassLoader LOADER = ChunkCodecTest.class.getClassLoader();

    record Visit(String user, long atMs, List<String> pages, Map<String, Integer> counts) {}

    private static final Serializer<Object> VISITS =
            Serializers.of(TypeInformation.of(Visit.class), LOADER);
    private static final Serializer<Object> FOUND = Serializers.of(null, LOADER);

    private static RecordChunk chunk(boolean keyed, Random random, int size) {
        RecordChunk chunk = new RecordChunk(keyed);
        for (int i = 0; i < size; i++) {
            Visit visit =
                    new Visit("user" + i, random.nextLong(), List.of("a", "b"), Map.of("x", i));
            long timestamp = random.nextInt(3) == 0 ? RecordChunk.NO_TIMESTAMP : random.nextLong();
            Object value = random.nextInt(9) == 0 ? null : visit;
            if (keyed) {
                chunk.add(value, timestamp, random.nextInt());
            } else {
                chunk.add(value, timestamp);
            }
        }
        return chunk;
    }

    private static void assertSame(RecordChunk read, RecordChunk written) {
        assertThat(read.size).isEqualTo(written.size);
        assertThat(Arrays.copyOf(read.values, read.size))
                .containsExactly(Arrays.copyOf(written.values, written.size));
        for (int i = 0; i < read.size; i++) {
            assertThat(read.timestampMs(i)).isEqualTo(written.timestampMs(i));
        }
        assertThat(read.keyHashes == null).isEqualTo(written.keyHashes == null);
        if (read.keyHashes != null) {
            assertThat(Arrays.copyOf(read.keyHashes, read.size))
                    .containsExactly(Arrays.copyOf(written.keyHashes, written.size));
        }
    }

    private static byte[] encode(ChunkCodec codec, RecordChunk chunk) {
        BinaryWriter out = new BinaryWriter(64);
        codec.encode(chunk, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 255, 256})
    void chunksOfEachSizeRoundTrip(int size) {
        for (boolean keyed : List.of(true, false)) {
            for (Serializer<Object> serializer : List.of(VISITS, FOUND)) {
                Supplier<ChunkCodec> codecs = ChunkCodecs.of(serializer, keyed);
                ChunkCodec sender = codecs.get();
                ChunkCodec receiver = codecs.get();
                Random random = new Random(size);
                for (int i = 0; i < 3; i++) {
                    RecordChunk chunk = chunk(keyed, random, size);
                    BinaryReader in = new BinaryReader(encode(sender, chunk));
                    assertSame(receiver.decode(in), chunk);
                    assertThat(in.remaining()).isZero();
                }
            }
        }
    }

    @Test
    void timestampsCostNothingWhereThereAreNone() {
        ChunkCodec codec = ChunkCodecs.of(Serializers.of(Types.INT, LOADER), false).get();
        RecordChunk chunk = new RecordChunk(false);
        for (int i = 0; i < 100; i++) {
            chunk.add(i, RecordChunk.NO_TIMESTAMP);
        }

        assertThat(encode(codec, chunk)).hasSize(2 + 4 * 100);
    }

    @Test
    void aStructureIsAnnouncedOncePerChannel() {
        Supplier<ChunkCodec> codecs = ChunkCodecs.of(FOUND, false);
        ChunkCodec sender = codecs.get();
        RecordChunk chunk = new RecordChunk(false);
        chunk.add(Tuple2.of("a", 1), RecordChunk.NO_TIMESTAMP);

        int first = encode(sender, chunk).length;
        int second = encode(sender, chunk).length;
        int otherChannel = encode(codecs.get(), chunk).length;

        assertThat(second).isLessThan(first);
        assertThat(otherChannel).isEqualTo(first);
    }

    @Test
    void aRecordOfAnotherTypeThanTheStreamsIsNamed() {
        ChunkCodec codec = ChunkCodecs.of(VISITS, false).get();
        RecordChunk chunk = new RecordChunk(false);
        chunk.add("not a visit", RecordChunk.NO_TIMESTAMP);

        assertThatThrownBy(() -> encode(codec, chunk))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_TYPE_UNKNOWN))
                .hasMessageContainingAll("Visit{user STRING?", "java.lang.String", "returns(...)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void damagedFramesGiveAChunkOrCorruptData(boolean found) {
        Supplier<ChunkCodec> codecs = ChunkCodecs.of(found ? FOUND : VISITS, true);
        Random random = new Random(99);
        byte[] good = encode(codecs.get(), chunk(true, random, 40));
        List<byte[]> damages = new ArrayList<>();
        for (int length = 0; length < good.length; length += 7) {
            damages.add(Arrays.copyOf(good, length));
        }
        for (int round = 0; round < 4000; round++) {
            byte[] damaged = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            damages.add(damaged);
        }
        for (int round = 0; round < 1000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            damages.add(noise);
        }
        int corrupt = 0;
        for (byte[] damaged : damages) {
            try {
                RecordChunk chunk = codecs.get().decode(new BinaryReader(damaged));
                assertThat(chunk.size).isBetween(1, RecordChunk.CAPACITY);
            } catch (CorruptDataException expected) {
                corrupt++;
            }
        }
        assertThat(corrupt).isGreaterThan(damages.size() / 10);
    }
}
