package io.millrace.runtime.serde;

import static io.millrace.runtime.serde.StructGenerator.GROUP;
import static io.millrace.runtime.serde.StructGenerator.OBJECT;
import static io.millrace.runtime.serde.StructGenerator.READER;
import static io.millrace.runtime.serde.StructGenerator.WRITER;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;

import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * The bytecode of write, read, copy and fits of one struct. Confined to one generation.
 *
 * <pre>
 * group := presence bits (1, 2 or 4 bytes; none without nullable fields), value of each present field
 * struct := group of fields 0..31, group of fields 32..63, ...; one zero byte if there are no fields
 * </pre>
 */
final class StructMethods {
    private static final Type CLASS = Type.getType(Class.class);
    private static final Type OBJECTS = Type.getType(Object[].class);

    private final StructGenerator target;
    private final List<Schema.Field> fields;
    private final boolean record;
    private final boolean tuple;
    private final boolean immutable;
    private final int groups;
    private final StructReach reach;
    private final FieldCode[] code;
    private final String type;

    StructMethods(
            StructGenerator target,
            Schema.Struct struct,
            List<Serializer<?>> parts,
            StructReach reach,
            boolean immutable) {
        this.target = target;
        this.fields = struct.fields();
        this.record = struct.form() == Schema.Form.RECORD;
        this.tuple = struct.form() == Schema.Form.TUPLE;
        this.immutable = immutable;
        this.groups = (fields.size() + GROUP - 1) / GROUP;
        this.reach = reach;
        this.type = target.constant(CLASS, struct.type());
        this.code = new FieldCode[fields.size()];
        for (int i = 0; i < code.length; i++) {
            code[i] = new FieldCode(target, fields.get(i), parts.get(i));
        }
    }

    void generate() {
        write();
        lookInto();
        if (record) {
            readRecord();
        } else {
            readObject();
        }
        copy();
        fits();
    }

    private void write() {
        GeneratorAdapter all =
                target.method(
                        ACC_PUBLIC,
                        new Method("write", Type.VOID_TYPE, new Type[] {OBJECT, WRITER}));
        if (groups == 0) {
            all.loadArg(1);
            all.push(0);
            all.invokeVirtual(WRITER, Method.getMethod("void writeByte (int)"));
        }
        for (int group = 0; group < groups; group++) {
            Method part = new Method("write" + group, Type.VOID_TYPE, new Type[] {OBJECT, WRITER});
            all.loadArg(0);
            all.loadArg(1);
            all.invokeStatic(target.self(), part);
            writeGroup(target.method(ACC_STATIC, part), from(group), to(group));
        }
        all.returnValue();
        all.endMethod();
    }

    private void writeGroup(GeneratorAdapter m, int from, int to) {
        int[] locals = new int[to - from];
        for (int i = from; i < to; i++) {
            locals[i - from] = m.newLocal(code[i].carrier());
            reach.get(m, i, 0);
            m.storeLocal(locals[i - from]);
        }
        int nullables = nullables(from, to);
        if (nullables > 0) {
            m.loadArg(1);
            m.push(0);
            int bit = 0;
            for (int i = from; i < to; i++) {
                if (fields.get(i).nullable()) {
                    Label absent = new Label();
                    m.loadLocal(locals[i - from]);
                    m.ifNull(absent);
                    m.push(1 << bit++);
                    m.math(GeneratorAdapter.OR, Type.INT_TYPE);
                    m.mark(absent);
                }
            }
            m.invokeVirtual(WRITER, new Method(bitsMethod("write", nullables), "(I)V"));
        }
        for (int i = from; i < to; i++) {
            Label done = new Label();
            if (fields.get(i).nullable()) {
                m.loadLocal(locals[i - from]);
                m.ifNull(done);
            }
            code[i].write(m, locals[i - from], 1);
            m.mark(done);
        }
        m.returnValue();
        m.endMethod();
    }

    /** Of a struct with many fields the first group is enough to wait for less. */
    private void lookInto() {
        int most = Math.min(GROUP, fields.size());
        if (Arrays.stream(code, 0, most).noneMatch(FieldCode::looks)) {
            return;
        }
        GeneratorAdapter m =
                target.method(
                        ACC_PUBLIC, new Method("lookInto", Type.INT_TYPE, new Type[] {OBJECT}));
        m.push(0);
        for (int i = 0; i < most; i++) {
            if (code[i].looks()) {
                int local = m.newLocal(code[i].carrier());
                reach.get(m, i, 0);
                m.storeLocal(local);
                Label absent = new Label();
                m.loadLocal(local);
                m.ifNull(absent);
                code[i].look(m, local);
                m.mark(absent);
            }
        }
        m.returnValue();
        m.endMethod();
    }

    /** A record's values are all read before it is made. */
    private void readRecord() {
        GeneratorAdapter m = readMethod();
        if (groups == 1) {
            int[] locals = new int[fields.size()];
            readGroup(m, 0, fields.size(), 0, (i, value) -> locals[i] = value);
            reach.beforeMake(m);
            for (int i = 0; i < locals.length; i++) {
                m.loadLocal(locals[i]);
                reach.component(m, i);
            }
        } else {
            skipEmpty(m);
            int values = m.newLocal(OBJECTS);
            if (groups == 0) {
                reach.beforeMake(m);
                reach.make(m);
                m.returnValue();
                m.endMethod();
                return;
            }
            m.push(fields.size());
            m.newArray(OBJECT);
            m.storeLocal(values);
            for (int group = 0; group < groups; group++) {
                Method part =
                        new Method("read" + group, Type.VOID_TYPE, new Type[] {READER, OBJECTS});
                m.loadArg(0);
                m.loadLocal(values);
                m.invokeStatic(target.self(), part);
                GeneratorAdapter p = target.method(ACC_STATIC, part);
                readGroup(
                        p,
                        from(group),
                        to(group),
                        0,
                        (i, value) -> {
                            p.loadArg(1);
                            p.push(i);
                            p.loadLocal(value);
                            p.valueOf(code[i].carrier());
                            p.arrayStore(OBJECT);
                        });
                p.returnValue();
                p.endMethod();
            }
            reach.beforeMake(m);
            m.loadLocal(values);
        }
        reach.make(m);
        m.returnValue();
        m.endMethod();
    }

    /** Any other object is made first, then its fields are set. */
    private void readObject() {
        GeneratorAdapter m = readMethod();
        skipEmpty(m);
        int value = make(m);
        for (int group = 0; group < groups; group++) {
            Method part = new Method("read" + group, Type.VOID_TYPE, new Type[] {READER, OBJECT});
            m.loadArg(0);
            m.loadLocal(value);
            m.invokeStatic(target.self(), part);
            GeneratorAdapter p = target.method(ACC_STATIC, part);
            readGroup(
                    p,
                    from(group),
                    to(group),
                    0,
                    (i, local) -> {
                        reach.beforeSet(p, i, 1);
                        p.loadLocal(local);
                        reach.set(p, i);
                    });
            p.returnValue();
            p.endMethod();
        }
        m.loadLocal(value);
        m.returnValue();
        m.endMethod();
    }

    private interface Taker {
        void take(int field, int local);
    }

    private void readGroup(GeneratorAdapter m, int from, int to, int inArgument, Taker taker) {
        int nullables = nullables(from, to);
        int bits = m.newLocal(Type.INT_TYPE);
        if (nullables > 0) {
            m.loadArg(inArgument);
            Type width =
                    nullables <= 8
                            ? Type.BYTE_TYPE
                            : nullables <= 16 ? Type.SHORT_TYPE : Type.INT_TYPE;
            m.invokeVirtual(READER, new Method(bitsMethod("read", nullables), width, new Type[0]));
            m.storeLocal(bits, Type.INT_TYPE);
        }
        int bit = 0;
        for (int i = from; i < to; i++) {
            int local = m.newLocal(code[i].carrier());
            if (fields.get(i).nullable()) {
                Label absent = new Label();
                Label done = new Label();
                m.loadLocal(bits);
                m.push(1 << bit++);
                m.math(GeneratorAdapter.AND, Type.INT_TYPE);
                m.ifZCmp(GeneratorAdapter.EQ, absent);
                code[i].read(m, inArgument);
                m.storeLocal(local);
                m.goTo(done);
                m.mark(absent);
                m.push((String) null);
                m.storeLocal(local);
                m.mark(done);
            } else {
                code[i].read(m, inArgument);
                m.storeLocal(local);
            }
            taker.take(i, local);
        }
    }

    private void copy() {
        GeneratorAdapter m =
                target.method(ACC_PUBLIC, new Method("copy", OBJECT, new Type[] {OBJECT}));
        if (immutable) {
            m.loadArg(0);
        } else if (record && groups == 1) {
            reach.beforeMake(m);
            for (int i = 0; i < fields.size(); i++) {
                reach.get(m, i, 0);
                code[i].copy(m);
                reach.component(m, i);
            }
            reach.make(m);
        } else if (record) {
            copyWideRecord(m);
        } else {
            int value = make(m);
            for (int group = 0; group < groups; group++) {
                Method part =
                        new Method("copy" + group, Type.VOID_TYPE, new Type[] {OBJECT, OBJECT});
                m.loadArg(0);
                m.loadLocal(value);
                m.invokeStatic(target.self(), part);
                GeneratorAdapter p = target.method(ACC_STATIC, part);
                for (int i = from(group); i < to(group); i++) {
                    reach.beforeSet(p, i, 1);
                    reach.get(p, i, 0);
                    code[i].copy(p);
                    reach.set(p, i);
                }
                p.returnValue();
                p.endMethod();
            }
            m.loadLocal(value);
        }
        m.returnValue();
        m.endMethod();
    }

    private void copyWideRecord(GeneratorAdapter m) {
        int values = m.newLocal(OBJECTS);
        m.push(fields.size());
        m.newArray(OBJECT);
        m.storeLocal(values);
        for (int group = 0; group < groups; group++) {
            Method part = new Method("copy" + group, Type.VOID_TYPE, new Type[] {OBJECT, OBJECTS});
            m.loadArg(0);
            m.loadLocal(values);
            m.invokeStatic(target.self(), part);
            GeneratorAdapter p = target.method(ACC_STATIC, part);
            for (int i = from(group); i < to(group); i++) {
                p.loadArg(1);
                p.push(i);
                reach.get(p, i, 0);
                code[i].copy(p);
                p.valueOf(code[i].carrier());
                p.arrayStore(OBJECT);
            }
            p.returnValue();
            p.endMethod();
        }
        reach.beforeMake(m);
        m.loadLocal(values);
        reach.make(m);
    }

    /**
     * Whether the value is of exactly the class, and each field of a tuple, whose types are erased,
     * is null or of the class that its serializer writes.
     */
    private void fits() {
        GeneratorAdapter m =
                target.method(0, new Method("fits", Type.BOOLEAN_TYPE, new Type[] {OBJECT}));
        Label unfit = new Label();
        m.loadArg(0);
        m.invokeVirtual(OBJECT, Method.getMethod("Class getClass ()"));
        m.getStatic(target.self(), type, CLASS);
        m.ifCmp(OBJECT, GeneratorAdapter.NE, unfit);
        for (int i = 0; tuple && i < fields.size(); i++) {
            if (fields.get(i).nullable() && code[i].choosy()) {
                Label done = new Label();
                int local = m.newLocal(OBJECT);
                reach.getRaw(m, i, 0);
                m.storeLocal(local);
                m.loadLocal(local);
                m.ifNull(done);
                code[i].fits(m, local);
                m.ifZCmp(GeneratorAdapter.EQ, unfit);
                m.mark(done);
            }
        }
        m.push(true);
        m.returnValue();
        m.mark(unfit);
        m.push(false);
        m.returnValue();
        m.endMethod();
    }

    private GeneratorAdapter readMethod() {
        return target.method(ACC_PUBLIC, new Method("read", OBJECT, new Type[] {READER}));
    }

    private void skipEmpty(GeneratorAdapter m) {
        if (groups == 0) {
            m.loadArg(0);
            m.invokeVirtual(READER, Method.getMethod("byte readByte ()"));
            m.pop();
        }
    }

    private int make(GeneratorAdapter m) {
        int value = m.newLocal(OBJECT);
        reach.beforeMake(m);
        reach.make(m);
        m.storeLocal(value);
        return value;
    }

    private int nullables(int from, int to) {
        return (int) fields.subList(from, to).stream().filter(Schema.Field::nullable).count();
    }

    private static String bitsMethod(String verb, int nullables) {
        return verb + (nullables <= 8 ? "Byte" : nullables <= 16 ? "Short" : "Int");
    }

    private int from(int group) {
        return group * GROUP;
    }

    private int to(int group) {
        return Math.min(fields.size(), from(group) + GROUP);
    }
}
