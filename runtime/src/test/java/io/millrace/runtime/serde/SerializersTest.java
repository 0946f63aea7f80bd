package io.millrace.runtime.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SerializersTest {
    private static final ClassLoader LOADER = SerializersTest.class.getClassLoader();

    record Word(String text, int count) {}

    record Page(String url, List<Word> words, Map<String, Long> links, byte[] body) {}

    @SuppressWarnings("unchecked")
    private static <T> T trip(Serializer<Object> serializer, T value) {
        BinaryWriter out = new BinaryWriter(16);
        serializer.write(value, out);
        BinaryReader in = new BinaryReader(out.toByteArray());
        T read = (T) serializer.read(in);
        assertThat(in.remaining()).isZero();
        return read;
    }

    @Test
    void recordsOfScalarsRoundTrip() {
        Serializer<Object> serializer = Serializers.of(TypeInformation.of(Word.class), LOADER);
        assertThat(trip(serializer, new Word("häuser \ud83d\ude00", -3)))
                .isEqualTo(new Word("häuser \ud83d\ude00", -3));
        assertThat(trip(serializer, new Word(null, 3))).isEqualTo(new Word(null, 3));
        assertThat(serializer.immutable()).isTrue();
    }

    @Test
    void nestedRecordsRoundTripAndAreCopied() {
        Serializer<Object> serializer = Serializers.of(TypeInformation.of(Page.class), LOADER);
        Map<String, Long> links = new LinkedHashMap<>();
        links.put("a", 1L);
        links.put(null, null);
        Page page =
                new Page("u", Arrays.asList(new Word("x", 1), null), links, new byte[] {1, 2, 3});

        assertThat(trip(serializer, page)).usingRecursiveComparison().isEqualTo(page);
        Page copy = (Page) serializer.copy(page);
        assertThat(copy).usingRecursiveComparison().isEqualTo(page);
        assertThat(copy.body()).isNotSameAs(page.body());
    }

    @Test
    void tuplesRoundTripWithAndWithoutKnownTypes() {
        Tuple2<String, Integer> tuple = Tuple2.of("a", 1);
        assertThat(trip(Serializers.of(Types.TUPLE(Types.STRING, Types.INT), LOADER), tuple))
                .isEqualTo(tuple);
        Serializer<Object> found = Serializers.of(null, LOADER);
        assertThat(trip(found, tuple)).isEqualTo(tuple);
        assertThat(trip(found, Tuple2.of(null, new Word("x", 1))))
                .isEqualTo(Tuple2.of(null, new Word("x", 1)));
        assertThat(trip(found, (Object) null)).isNull();
    }

    record Chain(String text, Chain next) {}

    @Test
    void textsOfStructsAreLookedAtButNoFurtherThanTypesGive() {
        Serializer<Object> words = Serializers.of(TypeInformation.of(Word.class), LOADER);
        assertThat(words.lookInto(new Word("four", 1))).isEqualTo(4);
        assertThat(words.lookInto(new Word(null, 1))).isZero();

        Serializer<Object> tuples =
                Serializers.of(
                        Types.TUPLE(Types.STRING, TypeInformation.of(Word.class), Types.INT),
                        LOADER);
        assertThat(tuples.lookInto(Tuple3.of("ab", new Word("four", 1), 1))).isEqualTo(6);
        assertThat(tuples.lookInto(Tuple3.of(null, null, null))).isZero();

        Serializer<Object> chains = Serializers.of(TypeInformation.of(Chain.class), LOADER);
        Chain chain = null;
        for (int i = 0; i < 100_000; i++) {
            chain = new Chain("x", chain);
        }
        assertThat(chains.lookInto(chain)).isBetween(1, 2);
    }
}
