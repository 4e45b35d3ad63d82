// The bundler takes style sheets too; they export nothing.
declare module "*.css";
