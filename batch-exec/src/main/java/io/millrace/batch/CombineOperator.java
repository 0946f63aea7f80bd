package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;

/**
 * Folds records of equal keys before they are exchanged, in a table of fixed size, and emits {@link
 * Partial}s. What leaves is folded again behind, so it never matters what meets in here.
 */
/* The table has sets of four places. A key that finds its set full takes the place of one that has not
 * been used lately (a clock per set), which leaves. So the table needs no flushing, a record makes at
 * most one leave, and frequent keys stay. The order of a key's records is kept: its earlier partials
 * leave before later ones, on one channel. Where nearly every record makes one leave, the table only
 * costs; it is then passed by for a while.
 */
final class CombineOperator extends Operator {
    private static final int WAYS = 4;
    private static final int EMITTED_PER_STEP = 4096;
    private static final int TRIAL_RECORDS = 1 << 16;
    private static final int BYPASSED_RECORDS = 1 << 20;

    private final KeySelector<Object, Object> keySelector;
    private final ReduceFunction<Object> function;
    private final OperatorContext context;
    private final Receiver next;
    // A record may be its sender's to change after the call: what is kept is copied. Null if not.
    private final Serializer<Object> copier;
    private final int setMask;
    // By place: looked at first, so that one object at most is touched for a look-up.
    private final int[] hashes;
    private final boolean[] usedLately;
    private final Partial[] table;
    private int tried;
    private int left;
    private int bypass;
    private int emitted;

    @SuppressWarnings("unchecked")
    CombineOperator(OperatorSpec.CombineSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.function = (ReduceFunction<Object>) spec.function();
        this.context = context;
        this.next = next;
        this.copier = context.inputCopier();
        int keys = BatchSettings.from(context.config()).combineKeys();
        int sets = keys < WAYS ? 0 : Integer.highestOneBit(keys / WAYS);
        this.hashes = new int[sets * WAYS];
        this.usedLately = new boolean[sets * WAYS];
        this.table = new Partial[sets * WAYS];
        this.setMask = sets - 1;
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            Object key = keySelector.getKey(record);
            int keyHash = KeyGroups.hash(key);
            if (bypass > 0 || setMask < 0) {
                bypass--;
                emit(key, keyHash, kept(record), false);
                return;
            }
            fold(key, keyHash, record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void fold(Object key, int keyHash, Object record) throws Exception {
        // The low bits of the mixed hash have picked the subtask in part; the high ones are free.
        int first = (KeyGroups.murmur(keyHash) >>> 7 & setMask) * WAYS;
        tried++;
        for (int i = first; i < first + WAYS; i++) {
            if (hashes[i] != keyHash) {
                continue;
            }
            Partial there = table[i];
            if (there != null && there.key.equals(key)) {
                Object fold = function.reduce(there.fold, record);
                there.fold = fold == record ? kept(record) : fold;
                there.folded = true;
                usedLately[i] = true;
                return;
            }
        }
        int place = first + victim(first);
        Partial leaving = table[place];
        table[place] = new Partial(key, keyHash, kept(record));
        hashes[place] = keyHash;
        usedLately[place] = true;
        if (leaving != null) {
            left++;
            emit(leaving.key, leaving.keyHash, leaving.fold, leaving.folded);
        }
        if (tried >= TRIAL_RECORDS) {
            bypass = left > tried - tried / 8 ? BYPASSED_RECORDS : 0;
            tried = 0;
            left = 0;
        }
    }

    private int victim(int first) {
        for (int i = 0; i < WAYS; i++) {
            if (!usedLately[first + i]) {
                return i;
            }
        }
        for (int i = 0; i < WAYS; i++) {
            usedLately[first + i] = false;
        }
        return 0;
    }

    private Object kept(Object record) {
        return copier == null || record == null ? record : copier.copy(record);
    }

    /** One record goes as it is: its key is found in it again. */
    private void emit(Object key, int keyHash, Object fold, boolean folded) {
        Object emitted = folded || fold == null ? new Partial(key, keyHash, fold) : fold;
        next.pushKeyed(emitted, RecordChunk.NO_TIMESTAMP, keyHash);
    }

    @Override
    public boolean finish() {
        int end = Math.min(table.length, emitted + EMITTED_PER_STEP);
        for (; emitted < end; emitted++) {
            Partial partial = table[emitted];
            if (partial != null) {
                table[emitted] = null;
                emit(partial.key, partial.keyHash, partial.fold, partial.folded);
            }
        }
        return emitted == table.length;
    }

    @Override
    public void release() throws Exception {
        context.close(function);
    }
}
