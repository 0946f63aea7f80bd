package io.millrace.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.type.Types;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.heap.Versions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerTreeTest {
    private static final JobSerializers SERIALIZERS =
            new JobSerializers(TimerTreeTest.class.getClassLoader());

    private record Model(long time, int hash, String key, String namespace) {
        static final Comparator<Model> ORDER =
                Comparator.comparingLong(Model::time)
                        .thenComparingInt(Model::hash)
                        .thenComparing(Model::key)
                        .thenComparing(Model::namespace);
    }

    /** Times from a few, where many are equal, to many; hashes that are bad or good. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsASortedSetAlsoWhileItIsFrozen(long seed) {
        behavesAsASortedSet(seed, KeyColumn.of(SERIALIZERS.of(Types.STRING)), key -> key);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void behavesAsASortedSetAlsoWithNumbersAsKeys(long seed) {
        behavesAsASortedSet(seed, KeyColumn.of(SERIALIZERS.of(Types.LONG)), Long::valueOf);
    }

    /** A number with a hash. */
    private static long numberOf(int number, int hash) {
        return (long) number << 32 | (number ^ hash);
    }

    private static void behavesAsASortedSet(
            long seed, KeyColumn form, Function<String, Object> key) {
        Random random = new Random(seed);
        int times = seed % 2 == 0 ? 5 : 100_000;
        int hashes = seed % 3 == 0 ? 2 : 50_000;
        Versions versions = new Versions();
        TimerTree tree = new TimerTree(form, true, versions);
        TreeSet<Model> model = new TreeSet<>(Model.ORDER);
        int version = 0;
        TimerLeaf[] frozen = {};
        List<Model> expected = List.of();
        for (int i = 0; i < 60_000; i++) {
            int number = random.nextInt(50_000);
            Model timer =
                    new Model(
                            number % times,
                            number % hashes,
                            "" + numberOf(number, number % hashes),
                            "n" + random.nextInt(2));
            int dice = random.nextInt(10);
            if (dice < 6) {
                assertThat(
                                tree.add(
                                        timer.time(),
                                        timer.hash(),
                                        key.apply(timer.key()),
                                        timer.namespace()))
                        .isEqualTo(model.add(timer));
            } else if (dice < 8) {
                assertThat(
                                tree.remove(
                                        timer.time(),
                                        timer.hash(),
                                        key.apply(timer.key()),
                                        timer.namespace()))
                        .isEqualTo(model.remove(timer));
            } else if (!model.isEmpty()) {
                Model first =
                        new Model(
                                tree.firstMs(),
                                tree.firstHash(),
                                tree.firstKey().toString(),
                                (String) tree.firstNamespace());
                assertThat(first.time()).isEqualTo(model.first().time());
                assertThat(first.hash()).isEqualTo(model.first().hash());
                assertThat(model.remove(first)).isTrue();
                tree.dropFirst();
            }
            assertThat(tree.size()).isEqualTo(model.size());
            if (i % 5000 == 4000) {
                version = versions.freeze();
                frozen = tree.leaves();
                expected = List.copyOf(model);
            } else if (i % 5000 == 4999) {
                assertThat(contentOf(frozen)).isEqualTo(expected);
                versions.close(version);
            }
        }
        assertThat(contentOf(tree.leaves())).isEqualTo(List.copyOf(model));
    }

    /** In the order of the model. */
    private static List<Model> contentOf(TimerLeaf[] leaves) {
        List<Model> content = new ArrayList<>();
        for (TimerLeaf leaf : leaves) {
            for (int i = 0; leaf != null && i < leaf.size(); i++) {
                content.add(
                        new Model(
                                leaf.time(i),
                                leaf.hash(i),
                                leaf.key(i).toString(),
                                (String) leaf.namespace(i)));
            }
        }
        content.sort(Model.ORDER);
        return content;
    }

    @Test
    void isEmptyAtFirst() {
        TimerTree tree =
                new TimerTree(KeyColumn.of(SERIALIZERS.of(Types.STRING)), false, new Versions());

        assertThat(tree.firstMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(tree.isEmpty()).isTrue();
        assertThat(tree.remove(1, 1, "a", null)).isFalse();
    }
}
