package io.millrace.rocks;

import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.Lifetime;
import io.millrace.runtime.state.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;

/**
 * Removes from the database what has expired in one table and what nobody reads. Confined to the
 * task.
 */
/* A hand goes over the rows, some of them whenever entries have come to memory: at the pace at which
 * the table is used, so that what has expired is never much more than what has not. Of a key that is
 * in memory the database does not know the truth; its rows are left for another round. The hand rests
 * when a round is through, until something can have expired.
 */
final class ExpiredRows {
    /** For each call, which comes every 64 new entries. */
    private static final int ROWS = 128;

    /** At least so many rounds in a lifetime: what was in memory has not said when it expires. */
    private static final int ROUNDS_IN_LIFETIME = 4;

    private static final int FIRST_KEY_BYTES = 64;
    private static final byte[] FIRST = {};

    private final CachedTable table;
    private final Lifetime lifetime;
    private final BinaryWriter rowKey = new BinaryWriter(FIRST_KEY_BYTES);
    private byte[] hand = FIRST;
    private long nextMs = Long.MAX_VALUE; // when something of this round expires
    private long restsUntilMs = Long.MIN_VALUE;

    ExpiredRows(CachedTable table) {
        this.table = table;
        this.lifetime = table.spec.lifetime();
    }

    /** Null if nothing of the table is to be looked for. */
    static ExpiredRows of(CachedTable table) {
        Lifetime lifetime = table.spec.lifetime();
        return lifetime != null && lifetime.sweptInDatabase() ? new ExpiredRows(table) : null;
    }

    /** Looks at some rows; nothing may be frozen and not yet settled. */
    void sweep(BatchBuilder batch) {
        long nowMs = lifetime.nowMs();
        if (nowMs < restsUntilMs) {
            return;
        }
        try (ReadOptions how = new ReadOptions().setFillCache(false);
                RocksIterator rows = table.database.iterator(table.handle, how)) {
            rows.seek(hand);
            for (int looks = ROWS; looks > 0 && rows.isValid(); looks--) {
                look(rows.key(), rows.value(), nowMs, batch);
                rows.next();
            }
            table.backend.check(rows);
            if (rows.isValid()) {
                hand = rows.key();
            } else {
                rest(nowMs);
            }
        }
        table.backend.write(batch);
    }

    private void rest(long nowMs) {
        hand = FIRST;
        restsUntilMs = Math.min(nextMs, nowMs + lifetime.liveMs() / ROUNDS_IN_LIFETIME);
        nextMs = Long.MAX_VALUE;
    }

    private void look(byte[] row, byte[] value, long nowMs, BatchBuilder batch) {
        TableCodec codec = table.codec;
        BinaryReader in = CachedTable.afterGroup(row);
        Object key = codec.readKey(in);
        Object namespace = codec.readNamespace(in);
        int hash = EntryCache.hash(KeyGroups.hash(key), namespace);
        if (table.cache.find(key, namespace, hash)) {
            return;
        }
        rowKey.clear();
        rowKey.writeBytes(row, 0, row.length);
        BinaryReader content = new BinaryReader(value);
        if (table.spec.shape() == TableSpec.Shape.LIST) {
            lookAtList(content, nowMs, batch);
            return;
        }
        Object stamped =
                table.spec.shape() == TableSpec.Shape.MAP
                        ? codec.readValueOrNull(content)
                        : codec.readValue(content);
        if (stamped != null && isOver(stamped, nowMs)) {
            batch.remove(table.handle.getID(), rowKey);
        }
    }

    private void lookAtList(BinaryReader in, long nowMs, BatchBuilder batch) {
        List<Object> left = new ArrayList<>();
        int elements = 0;
        while (in.remaining() > 0) {
            Object stamped = table.codec.readValue(in);
            elements++;
            if (!isOver(stamped, nowMs)) {
                left.add(stamped);
            }
        }
        if (left.isEmpty()) {
            batch.remove(table.handle.getID(), rowKey);
        } else if (left.size() < elements) {
            batch.put(table.handle.getID(), rowKey, table.codec.elements(left.toArray()));
        }
    }

    private boolean isOver(Object stamped, long nowMs) {
        if (lifetime.isOver(stamped, nowMs)) {
            return true;
        }
        nextMs = Math.min(nextMs, lifetime.overAtMs(stamped));
        return false;
    }
}
