package io.millrace.compat.rename;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Renames the classes that one class speaks of: in its code, its signatures and annotations, and in
 * string constants that are the whole name of a class with a rule. Thread-safe.
 *
 * <p>A serializable lambda is found again by strings: its class has a method {@code
 * $deserializeLambda$} that compares class names and descriptors with those in the serialized form.
 * So they are renamed too.
 */
public final class ClassRenamer {
    private static final int ASM = Opcodes.ASM9;

    private final Mapping mapping;
    private final Remapper remapper;

    public ClassRenamer(Mapping mapping) {
        this.mapping = mapping;
        this.remapper =
                new Remapper(ASM) {
                    @Override
                    public String map(String internalName) {
                        return mapping.mapInternal(internalName);
                    }
                };
    }

    /**
     * @param classFile the bytes of a class, which stay as they are
     * @return the renamed class, with the same debug information
     */
    public byte[] rename(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(0);
        reader.accept(new ClassRemapper(new Strings(writer), remapper), 0);
        return writer.toByteArray();
    }

    private Object constant(Object value, boolean ofLambda) {
        if (!(value instanceof String text)) {
            return value;
        }
        if (ofLambda && text.startsWith("(") && text.indexOf(')') > 0) {
            return remapper.mapMethodDesc(text);
        }
        return text.indexOf('/') > 0 ? mapping.mapInternal(text) : mapping.map(text);
    }

    /** Renames string constants. */
    private final class Strings extends ClassVisitor {
        Strings(ClassVisitor next) {
            super(ASM, next);
        }

        @Override
        public FieldVisitor visitField(
                int access, String name, String descriptor, String signature, Object value) {
            return super.visitField(access, name, descriptor, signature, constant(value, false));
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            boolean ofLambda = name.equals("$deserializeLambda$");
            return new MethodVisitor(
                    ASM, super.visitMethod(access, name, descriptor, signature, thrown)) {
                @Override
                public void visitLdcInsn(Object value) {
                    super.visitLdcInsn(constant(value, ofLambda));
                }
            };
        }
    }
}
