package io.millrace.batch;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.runtime.operator.KeyTable;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts words with a table that is spilled every so many keys. Confined to the test. */
final class SpillProbe {
    private final Path directory;
    private int runsSeen;

    SpillProbe(Path directory) {
        this.directory = directory;
    }

    int runsSeen() {
        return runsSeen;
    }

    @SuppressWarnings("unchecked")
    Map<Object, Long> reduce(List<Tuple2<String, Long>> words, int keysInMemory) {
        ClassLoader loader = SpillProbe.class.getClassLoader();
        FoldFormat format =
                new FoldFormat(
                        Serializers.of(Types.STRING, loader),
                        Serializers.of(Types.TUPLE(Types.STRING, Types.LONG), loader));
        Folding folding =
                new Folding(
                        (a, b) -> {
                            Tuple2<String, Long> left = (Tuple2<String, Long>) a;
                            return Tuple2.of(left.f0, left.f1 + ((Tuple2<String, Long>) b).f1);
                        });
        Map<Object, Long> counted = new HashMap<>();
        try (SpilledFolds spilled = new SpilledFolds(directory, format, folding)) {
            KeyTable table = new KeyTable();
            for (Tuple2<String, Long> word : words) {
                int hash = KeyGroups.hash(word.f0);
                int slot = table.slotOf(word.f0, hash);
                if (table.keyAt(slot) == null) {
                    table.insert(slot, word.f0, hash, word);
                } else {
                    table.update(slot, folding.fold(table.valueAt(slot), word));
                }
                if (table.size() == keysInMemory) {
                    spilled.spill(table);
                    table.clear();
                    runsSeen++;
                }
            }
            FoldMerger merger = spilled.merge(table);
            int before = Integer.MIN_VALUE;
            for (FoldFormat.Fold fold = merger.next(); fold != null; fold = merger.next()) {
                if (fold.keyHash() < before) {
                    throw new AssertionError("hashes out of order");
                }
                before = fold.keyHash();
                if (counted.put(fold.key(), ((Tuple2<String, Long>) fold.value()).f1) != null) {
                    throw new AssertionError("twice: " + fold.key());
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        if (filesLeft() != 0) {
            throw new AssertionError("files left in " + directory);
        }
        return counted;
    }

    private long filesLeft() {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> left = Files.list(directory)) {
            return left.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
