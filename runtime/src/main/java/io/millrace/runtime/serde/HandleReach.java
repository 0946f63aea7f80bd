package io.millrace.runtime.serde;

import static io.millrace.runtime.serde.StructGenerator.HANDLE;

import java.lang.invoke.MethodHandle;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Reaches a struct through constant method handles: whatever its visibility and its loader.
 * Confined to one generation.
 */
final class HandleReach implements StructReach {
    private final StructGenerator target;
    private final StructAccess access;
    private final String make;
    private final String[] getters;
    private final String[] setters;

    HandleReach(StructGenerator target, StructAccess access) {
        this.target = target;
        this.access = access;
        this.make = target.constant(HANDLE, access.make());
        this.getters = constants(access.getters());
        this.setters = constants(access.setters());
    }

    private String[] constants(MethodHandle[] handles) {
        String[] names = new String[handles.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = target.constant(HANDLE, handles[i]);
        }
        return names;
    }

    @Override
    public void beforeMake(GeneratorAdapter m) {
        m.getStatic(target.self(), make, HANDLE);
    }

    @Override
    public void component(GeneratorAdapter m, int field) {
        // The handle converts it.
    }

    @Override
    public void make(GeneratorAdapter m) {
        invoke(m, access.make());
    }

    @Override
    public void get(GeneratorAdapter m, int field, int objectArgument) {
        m.getStatic(target.self(), getters[field], HANDLE);
        m.loadArg(objectArgument);
        invoke(m, access.getters()[field]);
    }

    @Override
    public void getRaw(GeneratorAdapter m, int field, int objectArgument) {
        MethodHandle raw = access.rawGetters()[field];
        m.getStatic(target.self(), target.constant(HANDLE, raw), HANDLE);
        m.loadArg(objectArgument);
        invoke(m, raw);
    }

    @Override
    public void beforeSet(GeneratorAdapter m, int field, int objectArgument) {
        m.getStatic(target.self(), setters[field], HANDLE);
        m.loadArg(objectArgument);
    }

    @Override
    public void set(GeneratorAdapter m, int field) {
        invoke(m, access.setters()[field]);
    }

    private static void invoke(GeneratorAdapter m, MethodHandle handle) {
        m.invokeVirtual(
                HANDLE, new Method("invokeExact", handle.type().toMethodDescriptorString()));
    }
}
