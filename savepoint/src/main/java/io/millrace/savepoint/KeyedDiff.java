package io.millrace.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.savepoint.SavepointDiff.Change;
import io.millrace.savepoint.SavepointDiff.Counts;
import io.millrace.savepoint.SavepointDiff.Difference;
import io.millrace.savepoint.SavepointDiff.StateId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The differences between two keyed states. Confined. */
/* Tables are in order of key groups, and in no order that both sides share within one. So the keys of
 * a key group of the first side are held, as bytes, while those of the second pass by. If they are
 * more than HELD_BYTES they are dealt out by their hash, and the key group is read once for each
 * share. */
final class KeyedDiff {
    private static final long HELD_BYTES = 64L << 20;

    private static final int FIRST_BYTES = 256;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final StateId state;
    private final KeyedSide before;
    private final KeyedSide after;
    private final int keyGroups;
    private final Consumer<Difference> target;
    private final boolean described; // alike, so that bytes of keys can be compared
    private final long heldBytesMax;
    private final Map<KeyedForm, TableLayout> layouts = new HashMap<>();
    private final Map<ByteBuffer, Held> held = new HashMap<>();
    private long heldBytes;
    private long same;
    private long added;
    private long removed;
    private long changed;

    KeyedDiff(
            StateId state,
            KeyedSide before,
            KeyedSide after,
            int keyGroups,
            Consumer<Difference> target) {
        this(state, before, after, keyGroups, target, HELD_BYTES);
    }

    /**
     * @param heldBytesMax so many bytes of keys and values are in memory at a time
     */
    KeyedDiff(
            StateId state,
            KeyedSide before,
            KeyedSide after,
            int keyGroups,
            Consumer<Difference> target,
            long heldBytesMax) {
        this.state = state;
        this.before = before;
        this.after = after;
        this.keyGroups = keyGroups;
        this.target = target;
        this.heldBytesMax = heldBytesMax;
        this.described =
                before.onlyDescription() != null
                        && after.onlyDescription() != null
                        && Arrays.equals(before.onlyDescription(), after.onlyDescription());
    }

    /** What the first side has of a key, as a row of a unit. */
    private record Held(KeyedForm form, byte[] unit) {}

    Counts run() throws IOException {
        for (int keyGroup = 0; keyGroup < keyGroups; keyGroup++) {
            compare(keyGroup);
        }
        return new Counts(state, same, added, removed, changed, "");
    }

    private void compare(int keyGroup) throws IOException {
        held.clear();
        heldBytes = 0;
        before.read(
                keyGroup,
                (form, row) -> {
                    Held one = held(form, row);
                    if (one == null) {
                        return;
                    }
                    heldBytes += one.unit().length;
                    if (heldBytes <= heldBytesMax) {
                        held.put(identity(form, row), one);
                    }
                });
        if (heldBytes <= heldBytesMax) {
            after.read(keyGroup, (form, row) -> meet(identity(form, row), form, row));
            leftOver();
            return;
        }
        int shares = (int) Math.min(1 << 16, heldBytes / heldBytesMax + 1);
        for (int share = 0; share < shares; share++) {
            compare(keyGroup, share, shares);
        }
    }

    private void compare(int keyGroup, int share, int shares) throws IOException {
        held.clear();
        before.readAgain(
                keyGroup,
                (form, row) -> {
                    ByteBuffer identity = identity(form, row);
                    if (Math.floorMod(identity.hashCode(), shares) == share) {
                        Held one = held(form, row);
                        if (one != null) {
                            held.put(identity, one);
                        }
                    }
                });
        after.readAgain(
                keyGroup,
                (form, row) -> {
                    ByteBuffer identity = identity(form, row);
                    if (Math.floorMod(identity.hashCode(), shares) == share) {
                        meet(identity, form, row);
                    }
                });
        leftOver();
    }

    private ByteBuffer identity(KeyedForm form, KeyRow row) {
        if (described) {
            return ByteBuffer.wrap(form.identity(row));
        }
        List<Object[]> rows = rows(form, row);
        if (rows.isEmpty()) {
            return ByteBuffer.allocate(0);
        }
        ObjectNode json = layout(form).json(rows.get(0));
        List<String> not = List.of(TableLayout.KEY_GROUP, "position", "map_key", "value");
        return ByteBuffer.wrap(json.without(not).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Null if there is nothing: a map without entries is none. */
    private Held held(KeyedForm form, KeyRow row) {
        List<Object[]> rows = rows(form, row);
        if (rows.isEmpty()) {
            return null;
        }
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        form.write(rows, out, new PlainStructures());
        return new Held(form, out.toByteArray());
    }

    private static List<Object[]> rows(KeyedForm form, KeyRow row) {
        List<Object[]> rows = new ArrayList<>();
        form.rows(0, row, (one, keyGroup, bytes) -> rows.add(one));
        return rows;
    }

    /** A key of the second side. */
    private void meet(ByteBuffer identity, KeyedForm form, KeyRow row) {
        Held now = held(form, row);
        if (now == null) {
            return;
        }
        Held was = held.remove(identity);
        if (was == null) {
            added++;
            tell(Change.ADDED, null, now);
        } else if (areAlike(was, now)) {
            same++;
        } else {
            changed++;
            tell(Change.CHANGED, was, now);
        }
    }

    private void leftOver() {
        removed += held.size();
        held.values().forEach(was -> tell(Change.REMOVED, was, null));
        held.clear();
    }

    private boolean areAlike(Held was, Held now) {
        if (described) {
            return Arrays.equals(was.unit(), now.unit()) || canonical(was).equals(canonical(now));
        }
        return content(was).equals(content(now));
    }

    private static List<Object[]> rows(Held held) {
        return rows(
                held.form(),
                held.form().read(new BinaryReader(held.unit()), new PlainStructures()));
    }

    /** What there is of a key, in an order of which both sides know. */
    private Object canonical(Held held) {
        TableLayout layout = layout(held.form());
        List<Object> elements = new ArrayList<>();
        Map<Object, Object> entries = new HashMap<>();
        for (Object[] row : rows(held)) {
            int last = row.length - 1;
            if (layout.formOf("value") == null) {
                return Arrays.asList(row); // a timer
            }
            Object value = CanonicalTree.of(layout.formOf("value"), row[last]);
            if (layout.formOf("map_key") != null) {
                entries.put(CanonicalTree.of(layout.formOf("map_key"), row[last - 1]), value);
            } else {
                elements.add(value);
            }
        }
        return List.of(elements, entries);
    }

    private TableLayout layout(KeyedForm form) {
        return layouts.computeIfAbsent(form, KeyedForm::layout);
    }

    private void tell(Change change, Held was, Held now) {
        Held one = was == null ? now : was;
        ObjectNode json = layout(one.form()).json(rows(one).get(0));
        target.accept(
                new Difference(
                        state,
                        change,
                        json.path("key"),
                        json.get("namespace"),
                        was == null ? null : content(was),
                        now == null ? null : content(now)));
    }

    /** The value; of a list an array; of a map an array of entries, in order; of a timer itself. */
    private JsonNode content(Held held) {
        List<Object[]> rows = rows(held);
        TableLayout layout = layout(held.form());
        List<JsonNode> contents = new ArrayList<>();
        boolean single = false;
        boolean map = false;
        for (Object[] row : rows) {
            ObjectNode json = layout.json(row);
            if (json.has("map_key")) {
                map = true;
                contents.add(JSON.arrayNode().add(json.get("map_key")).add(json.get("value")));
            } else if (json.has("position")) {
                if (!json.get("position").isNull()) {
                    contents.add(json.get("value"));
                }
            } else if (json.has("value")) {
                single = true;
                contents.add(json.get("value"));
            } else {
                single = true;
                contents.add(json.retain("domain", "timestamp_ms"));
            }
        }
        if (single) {
            return contents.get(0);
        }
        if (map) {
            contents.sort((a, b) -> a.toString().compareTo(b.toString()));
        }
        ArrayNode all = JSON.arrayNode();
        contents.forEach(all::add);
        return all;
    }
}
