package io.millrace.runtime.serde;

import org.objectweb.asm.commons.GeneratorAdapter;

/**
 * The bytecode by which a generated serializer makes an instance of its struct and reaches the
 * fields. Confined to one generation.
 *
 * <p>A value that is made or set is surrounded by two calls: {@code before…} puts what must lie
 * below the values on the stack, the other one takes all of it.
 */
interface StructReach {
    void beforeMake(GeneratorAdapter m);

    /** A component of a record lies on the stack, in the class in which it is kept. */
    void component(GeneratorAdapter m, int field);

    /** Takes what was put on the stack since {@link #beforeMake}; leaves the instance. */
    void make(GeneratorAdapter m);

    /** Leaves the field, in the class in which it is kept. */
    void get(GeneratorAdapter m, int field, int objectArgument);

    /** Leaves the field of a tuple as an object, whatever class it really has. */
    void getRaw(GeneratorAdapter m, int field, int objectArgument);

    void beforeSet(GeneratorAdapter m, int field, int objectArgument);

    /** Takes the value, in the class in which it is kept, and what {@link #beforeSet} left. */
    void set(GeneratorAdapter m, int field);
}
