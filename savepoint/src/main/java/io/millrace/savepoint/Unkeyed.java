package io.millrace.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.savepoint.SavepointDiff.Change;
import io.millrace.savepoint.SavepointDiff.Counts;
import io.millrace.savepoint.SavepointDiff.Difference;
import io.millrace.savepoint.SavepointDiff.StateId;
import io.millrace.savepoint.SavepointManifest.Kind;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The differences between what is not keyed: lists, broadcast state, positions of sources, what
 * sinks have prepared. Which subtask has an item does not matter, since that is dealt out anew at
 * every start. Pure but for reading.
 */
final class Unkeyed {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Unkeyed() {}

    /**
     * An item.
     *
     * @param key null if it has none
     */
    record Item(JsonNode key, JsonNode content) {}

    /** The items of parts that are described alike. */
    static List<Item> items(StateId state, List<StatePart> parts, SegmentSource segments) {
        StatePart first = parts.get(0);
        PartForm form = PartForm.of(first.kind(), first.form(), first.description());
        List<Item> items = new ArrayList<>();
        for (StatePart part : parts) {
            byte[] content = PartContent.read(part, segments, "state '" + part.name() + "'");
            if (form instanceof ItemsCodec codec) {
                TableLayout layout = codec.layout();
                codec.rows(
                        0,
                        part.items(),
                        new BinaryReader(content),
                        (row, keyGroup, bytes) -> items.add(item(layout.json(row))));
            } else if (content.length > 0) {
                items.add(new Item(null, hex(content)));
            }
        }
        // Every subtask has all of it.
        return first.kind() == StatePart.Kind.BROADCAST
                ? List.copyOf(new LinkedHashSet<>(items))
                : items;
    }

    private static Item item(ObjectNode row) {
        JsonNode key = row.get("key");
        JsonNode content = row.has("value") ? row.get("value") : row.get("content");
        return new Item(key, content == null ? JSON.nullNode() : content);
    }

    private static JsonNode hex(byte[] bytes) {
        return JSON.textNode(HexFormat.of().formatHex(bytes));
    }

    /** Compares items: those with a key by that, others as wholes, as often as they are there. */
    static Counts parts(
            StateId state, List<Item> before, List<Item> after, Consumer<Difference> target) {
        Map<Item, Integer> left = new LinkedHashMap<>();
        before.forEach(item -> left.merge(item, 1, Integer::sum));
        Map<Item, Integer> fresh = new LinkedHashMap<>();
        long same = 0;
        for (Item item : after) {
            if (left.containsKey(item)) {
                left.computeIfPresent(item, (each, count) -> count == 1 ? null : count - 1);
                same++;
            } else {
                fresh.merge(item, 1, Integer::sum);
            }
        }
        Map<JsonNode, Item> byKey = new LinkedHashMap<>();
        for (Item item : left.keySet()) {
            if (item.key() != null) {
                byKey.put(item.key(), item);
            }
        }
        long added = 0;
        long changed = 0;
        for (Map.Entry<Item, Integer> each : fresh.entrySet()) {
            Item now = each.getKey();
            Item was = now.key() == null ? null : byKey.remove(now.key());
            if (was != null) {
                left.remove(was);
                changed++;
                tell(state, Change.CHANGED, was, now, 1, target);
            } else {
                added += each.getValue();
                tell(state, Change.ADDED, null, now, each.getValue(), target);
            }
        }
        long removed = 0;
        for (Map.Entry<Item, Integer> each : left.entrySet()) {
            removed += each.getValue();
            tell(state, Change.REMOVED, each.getKey(), null, each.getValue(), target);
        }
        return new Counts(state, same, added, removed, changed, "");
    }

    private static void tell(
            StateId state,
            Change change,
            Item was,
            Item now,
            int times,
            Consumer<Difference> target) {
        for (int i = 0; i < times; i++) {
            target.accept(
                    new Difference(
                            state,
                            change,
                            was == null ? now.key() : was.key(),
                            null,
                            was == null ? null : was.content(),
                            now == null ? null : now.content()));
        }
    }

    /** Compares positions of sources and what sinks have prepared. */
    static void entries(
            ReadableSavepoint before,
            ReadableSavepoint after,
            String uid,
            String name,
            Consumer<Difference> target,
            List<Counts> counts) {
        if (name != null && !name.isEmpty()) {
            return;
        }
        TreeSet<String> uids = new TreeSet<>();
        for (Kind kind : List.of(Kind.ENUMERATOR, Kind.COMMITTABLES)) {
            Map<String, List<Item>> first = entries(before.manifest(), kind);
            Map<String, List<Item>> second = entries(after.manifest(), kind);
            uids.clear();
            uids.addAll(first.keySet());
            uids.addAll(second.keySet());
            for (String each : uids) {
                if (uid == null || uid.equals(each)) {
                    counts.add(
                            parts(
                                    new StateId(each, kind.name(), ""),
                                    first.getOrDefault(each, List.of()),
                                    second.getOrDefault(each, List.of()),
                                    target));
                }
            }
        }
    }

    private static Map<String, List<Item>> entries(Manifest manifest, Kind kind) {
        Map<String, List<Item>> items = new LinkedHashMap<>();
        if (kind == Kind.ENUMERATOR) {
            for (Manifest.EnumeratorEntry each : manifest.enumerators()) {
                ObjectNode content = JSON.objectNode().put("version", each.version());
                content.set("state", hex(each.state()));
                items.computeIfAbsent(each.operatorId(), id -> new ArrayList<>())
                        .add(new Item(null, content));
            }
            return items;
        }
        for (Manifest.CommittableEntry each : manifest.committables()) {
            for (byte[] committable : each.committables().committables()) {
                ObjectNode content =
                        JSON.objectNode().put("version", each.committables().serializerVersion());
                content.set("committable", hex(committable));
                items.computeIfAbsent(each.operatorId(), id -> new ArrayList<>())
                        .add(new Item(null, content));
            }
        }
        return items;
    }
}
